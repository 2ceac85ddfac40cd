// Formats: files to values and back.
//
// In come bytes; out come tensors, tables and metadata, or an error that names the file, line and
// column or the offending value and says what would be right. Files are written beside their place
// and renamed. Imports Tensors.
