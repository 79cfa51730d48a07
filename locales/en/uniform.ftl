# Uniform choice: groups of one discipline are expected to choose the same.
colleagues-chose = Your colleagues chose for the same discipline:
colleagues-must-agree = This term nothing is approved until the choices are the same.
conflicts = Chosen differently
conflicts-shown = Groups of one discipline, language and level are expected to have the same exam. Decide below: approve, or return what is to be changed.
conflicts-refused = These groups are not approved until their exam is the same. Return what is to be changed.
uniformity-report = Uniform choice
uniformity-expected = Groups of one discipline with the same language of instruction and level are expected to have the same platform, form and type.
uniformity-none = Everywhere the choices are the same.
uniformity-link = Where choices differ
