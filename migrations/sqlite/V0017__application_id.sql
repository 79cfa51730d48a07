-- The header of the file says that the database belongs to Emtihan ("EMTH").
PRAGMA application_id = 1162695752;
