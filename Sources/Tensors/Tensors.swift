// Tensors: arrays of numbers with NumPy's semantics.
//
// In come Swift numbers, arrays and functions; out come tensors, their gradients and plans that
// compute them. Imports CKernels alone. Shape/ holds the shape rules, Operations/ one file for each
// operation or family, Graph/ what happens to a traced function in the order of its passes, Random/
// the generators.
