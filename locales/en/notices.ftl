# Notices: in the program and by mail; reminders; the student’s passport.
nav-inbox = Notices
unread-counted = unread: { $n }
inbox-empty = There are no notices yet.
notice-new = new
mark-read = Mark as read
mark-all-read = Mark all as read
older-notices = Older notices
notice-settings = Notice settings
notice-returned = Returned for changes
notice-reopened = Reopened for changes
notice-moved = Moved to another option
notice-approved = Approved
notice-changed = Exam changed
notice-window-opens = Choosing exam forms has begun
notice-days-left = The time to choose ends soon
notice-past-due = The time to choose is over
notice-reminder = Reminder to choose the exam form
notice-gap = Nobody may decide
notice-to-choose = Groups that wait for your choice: { $n }
notice-waiting = Groups that wait for a decision: { $n }
notice-more = And { $n } more
mail-address = Mail address
mail-address-hint = The address comes from the university’s data. If it is wrong, tell the registrar’s office.
mail-address-none = The university’s data have no mail address of yours, so you see notices only here.
wishes = What is sent by mail
wishes-hint = All notices are always here. Choose which of them are sent to you by mail as well.
wishes-none = Nothing is sent to you by mail.
wishes-saved = Settings saved
wish-at-once = at once
wish-digest = in one letter a day
wish-off = not at all
mail-greeting = Dear { $name },
mail-digest = Notices of the day: { $n }
mail-footer = This letter was sent automatically; please do not answer it. You can choose what is sent to you by mail on this page:
remind = Remind
remind-hint = Those who have not chosen an exam form yet get this letter, each in their own language. Nobody is reminded twice within { $reminder_hours ->
        [one] { $reminder_hours } hour
       *[other] { $reminder_hours } hours
    }.
remind-whole = Whole university
remind-people = Who gets it: { $n }
remind-text = Text of the letter
remind-nobody = There is nobody to remind: everybody has chosen or was reminded lately.
remind-lately = Reminded within the last { $reminder_hours ->
        [one] { $reminder_hours } hour
       *[other] { $reminder_hours } hours
    }: { $n }
remind-no-address = no mail address, sees it only here
remind-send = Send ({ $n })
remind-done = Reminded: { $n }
act-reminders-sent = Reminder sent
exam-changed = Changed: { $date }
exam-guide = Instructions for students
public-exams = Exams of a group
public-exams-hint = Only approved exams are shown here.
public-exams-none = No approved exams of this group were found. Check the group’s name.
