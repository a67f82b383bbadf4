/** The editors' desk: a preview that follows the pen, changes that are not saved, quick saving. */
import { drawAreas } from "./library/areas";
import { followWriting } from "./library/preview";
import { noteUnsaved } from "./races/unsaved";

drawAreas();
followWriting();
noteUnsaved();
