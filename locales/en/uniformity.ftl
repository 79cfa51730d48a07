# Differing choices for one discipline.
colleagues-chose = Your colleagues’ choices for the same discipline:
colleagues-must-agree = This term, choices for the same discipline cannot be approved until they match.
conflicts = Conflicting choices
conflicts-shown = Groups with the same discipline, language of instruction and level should have the same exam. Approve the choices below, or return those that must change.
conflicts-refused = The choices of these groups cannot be approved until they match. Return the choices that must change.
uniformity-report = Differing choices
uniformity-expected = Groups with the same discipline, language of instruction and level should have the same platform, format and type.
uniformity-none = No differences found
uniformity-link = Groups with differing choices
