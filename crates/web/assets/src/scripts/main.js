/**
 * The script of the web pages: the build joins the modules below, and the modules that they import,
 * into one file.
 *
 * The script only improves pages that also work without it. The file is a classic deferred script,
 * because `type=module` delayed the first paint by 220 ms in Lighthouse's mobile model.
 */
import './scripted.js';
import './menu.js';
import './unseen_programme.js';
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
import './chosen.js';
import './submit_key.js';
import './password.js';
import './error_summary.js';
