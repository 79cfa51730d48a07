# Notifications in the system and by email; reminders; the student’s exams.
nav-inbox = Notifications
unread-counted = unread: { $n }
inbox-empty = No notifications yet
notice-new = new
mark-read = Mark as read
mark-all-read = Mark all as read
older-notices = Older notifications
notice-settings = Notification settings
notice-returned = Returned for changes
notice-reopened = Reopened for changes
notice-moved = Moved to another option
notice-approved = Approved
notice-changed = Exam changed
notice-window-opens = You can now choose exam formats
notice-days-left = The deadline for choosing is near
notice-past-due = The deadline for choosing has passed
notice-reminder = Reminder: choose the exam format
notice-gap = No one can approve
notice-to-choose = Groups waiting for your choice: { $n }
notice-waiting = Groups awaiting a decision: { $n }
notice-more = And { $n } more
mail-address = Email address
mail-address-hint = The address comes from the university’s records. If it is wrong, contact the registrar’s office.
mail-address-none = The university’s records have no email address for you, so notifications appear only here.
wishes = Email notifications
wishes-hint = All notifications are shown here. Choose which ones to get by email as well.
wishes-none = No email notifications are sent to you
wishes-saved = Settings saved
wish-at-once = immediately
wish-digest = once a day, in one email
wish-off = never
mail-greeting = Dear { $name },
mail-digest = Notifications of the day: { $n }
mail-footer = This email was sent automatically. Please do not reply. Notification settings:
remind = Send reminders
remind-hint = Everyone who has not chosen an exam format yet gets this email in their own language. No one is reminded more than once in { $reminder_hours ->
        [one] { $reminder_hours } hour
       *[other] { $reminder_hours } hours
    }.
remind-whole = Whole university
remind-people = Recipients: { $n }
remind-text = Text of the email
remind-nobody = No one to remind: everyone has chosen or was reminded recently
remind-lately = Reminded in the last { $reminder_hours ->
        [one] { $reminder_hours } hour
       *[other] { $reminder_hours } hours
    }: { $n }
remind-no-address = no email address, will see it only here
remind-send = Send reminders ({ $n })
remind-done = Reminders sent: { $n }
act-reminders-sent = Reminder sent
exam-changed = Changed: { $date }
exam-guide = Instructions for students
public-exams = Exams of a group
public-exams-hint = Only approved exams are shown here.
public-exams-none = No approved exams were found for this group. Check the group name
