/** The editors' desk: a preview that follows the pen, changes that are not saved, quick saving. */
import { followWriting } from "./library/preview";
import { noteUnsaved } from "./races/unsaved";

followWriting();
noteUnsaved();
