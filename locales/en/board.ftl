# Watching: progress, reports, the order.
reports = Reports
instructors = Instructors
unfinished = Unfinished
download = Download
discipline-code = Discipline code
taught-in = Language of instruction
level = Level of study
sent-on = Sent at
decided-on = Decided at
term-over = The term is closed
