/**
 * The script of the pages: the build joins the modules below, and what they import, into one file.
 *
 * Everything here improves a page that works without it. The file is a classic deferred script,
 * because `type=module` delayed the first paint by 220 ms in Lighthouse's mobile model.
 */
import './scripted.js';
import './swap.js';
import './selection.js';
import './queue_keys.js';
import './upload.js';
import './file_name.js';
import './narrowing.js';
import './guide.js';
import './autosave.js';
import './active_row.js';
import './choice_form.js';
import './submit_key.js';
import './password.js';
import './error_summary.js';
