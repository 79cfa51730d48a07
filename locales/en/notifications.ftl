# Notifications in the system and by email; reminders; the student’s exams.
nav-inbox = Notifications
unread-counted = unread: { $n }
inbox-empty = No notifications yet
notification-new = new
mark-read = Mark as read
mark-all-read = Mark all as read
older-notices = Older notifications
notification-settings = Notification settings
notification-returned = Returned for changes
notification-reopened = Reopened for changes
notification-moved = Moved to another option
notification-approved = Approved
notification-changed = Exam changed
notification-being-changed = Exam being changed
notification-unchanged = The exam stays as it was
notification-returned-by-rule = Returned: the rules have changed
notification-window-opens = You can now choose exam formats
notification-days-left = The deadline for choosing is near
notification-past-due = The deadline for choosing has passed
notification-reminder = Reminder: choose the exam format
notification-gap = No one can approve the choices
notification-overdue = Choices have waited too long for a decision
notification-to-decide = Choices are waiting for your decision
notification-deciding-ends = The approval deadline is near
notification-deciding-over = The approval deadline has passed
notification-reopening-asked = An instructor asks to reopen a choice
notification-appointed = You have been appointed to approve choices
notification-reopening-declined = Request to reopen declined
notification-deadline-extended = Deadline extended
notification-extension-asked = An instructor asks to extend the deadline
notification-extension-endorsed = A request for a deadline extension awaits your answer
notification-extension-declined = Request for a deadline extension declined
notification-until = Appointed until: { $date }
notification-to-choose = Groups waiting for your choice: { $n }
notification-waiting = Groups awaiting a decision: { $n }
notification-more = And { $n } more
mail-address = Email address
mail-address-hint = The address comes from the university’s records. If it is wrong, contact the registrar’s office.
mail-address-none = The university’s records have no email address for you, so notifications appear only here.
mail-preferences = Email notifications
mail-preferences-hint = All notifications are shown here. Choose which ones to get by email as well.
mail-preferences-none = No email notifications are sent to you
mail-preferences-saved = Settings saved
mail-preference-at-once = immediately
mail-preference-digest = once a day, in one email
mail-preference-off = never
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
remind-nobody = No one to remind: everyone has chosen an exam format or was reminded recently
remind-lately = Reminded in the last { $reminder_hours ->
        [one] { $reminder_hours } hour
       *[other] { $reminder_hours } hours
    }: { $n }
remind-no-address = no email address, will see the reminder only in this system
remind-send = Send reminders ({ $n })
remind-done = Reminders sent: { $n }
act-reminders-sent = Reminder sent
exam-changed = Changed: { $date }
exam-guide = Instructions for students
public-exams = Exams by group
public-exams-hint = Only approved exams are shown here.
public-exams-none = No approved exams were found for this group. Check the group name.
