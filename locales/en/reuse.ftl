# Copying last term’s choices.
reuse-title = Last term’s choices
reuse-clean = Groups that can repeat last term’s choice: { $n }.
reuse-to-look = Need attention: { $n }.
reuse-confirm = Send the unchanged choices for review ({ $n })
reuse-look = Review and choose
reuse-page = Copy choices from last term
reuse-hint = Each group gets the latest approved choice for its discipline, with this term’s exam programme. Selected choices are sent exactly as shown here; you can change them until the head of department approves them.
reuse-empty = Nothing to copy: every group already has a choice, or its discipline had no approved choice before
reuse-unchanged = Unchanged
reuse-changed = Need attention
change-rule-gone = This option is no longer in the rules
change-rule-not-offered = This option is no longer available to the faculty
change-rule-changed = The platform, format or type of this option has changed
change-info-rule-changed = The rule for additional information has changed
change-old-file = The programme file is from an earlier term
change-several-files = There are several files of this term; the newest is proposed
change-instructor-new = Another instructor made this choice
