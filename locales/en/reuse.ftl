# Last term's choices, proposed for this term.
reuse-title = Last term’s choices
reuse-clean = Unchanged: { $n }.
reuse-to-look = Need a look: { $n }.
reuse-confirm = Send the unchanged for review ({ $n })
reuse-look = View and choose
reuse-page = Copy from last term
reuse-hint = Each group gets the newest approved choice of its discipline, with this term’s programme. What is ticked is sent exactly as it stands here; you can change it until the head of department approves it.
reuse-empty = There is nothing to copy: every group has a choice, or its discipline had no approved one before.
reuse-unchanged = Unchanged
reuse-changed = Need a look
change-rule-gone = This option is no longer in the rules
change-rule-not-offered = This option is no longer offered to the faculty
change-rule-changed = The platform, form or type of this option has changed
change-info-rule-changed = The rule for additional information has changed
change-old-file = The programme file is from an earlier term
change-several-files = There are several files of this term; the newest is proposed
change-instructor-new = Another instructor chose this
