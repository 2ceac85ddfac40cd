import CKernels

/// The instructions of a step that goes over its table tile by tile, with their addresses filled in.
final class TileProgram {
  private let program: UnsafeMutablePointer<my_program>
  private let instructions: UnsafeMutableBufferPointer<my_instruction>
  /// Scratch memory, for a table that is one tile.
  private let scratch: UnsafeMutableRawPointer?

  /// The bytes of a tile of one value, at most: some of them fit into the first cache.
  private static let tileBytes = 4096
  /// What lies between two tiles of scratch memory: other cache lines for each.
  private static let gap = 64

  /// Makes the program of a step.
  ///
  /// - Parameters:
  ///   - step: A step with a table.
  ///   - table: The table's shape.
  ///   - plan: The plan that it is a step of.
  ///   - views: Which values of the plan's graph are views.
  ///   - operand: Where a value lies; the memory must stay while the program is used.
  init(
    _ step: Step, over table: Shape, of plan: Plan, views: ViewRoots,
    operand: @escaping (Int) -> Operand
  ) {
    var assembly = Assembly(step, over: table, of: plan, views: views, operand: operand)
    let slots = Swift.max(assembly.slots, 1)
    let (rows, columns) = (assembly.rows, assembly.columns)
    let room = (Fusion.mostScratch / slots - TileProgram.gap) & ~63
    let tableBytes = (rows * columns * assembly.largestSize + 63) & ~63
    let tileBytes = Swift.max(Swift.min(TileProgram.tileBytes, room, tableBytes), 64)
    let elements = Swift.max(tileBytes / assembly.largestSize, 1)
    let isOneTile = rows * columns <= elements
    let scratchBytes = slots * (tileBytes + TileProgram.gap)
    let scratch: UnsafeMutableRawPointer? =
      isOneTile ? .allocate(byteCount: scratchBytes, alignment: 64) : nil
    for i in assembly.instructions.indices {
      assembly.instructions[i].scaleOffsets(by: tileBytes + TileProgram.gap)
      if let scratch { assembly.instructions[i].start(with: scratch) }
    }
    self.scratch = scratch
    instructions = .allocate(capacity: assembly.instructions.count)
    _ = instructions.initialize(from: assembly.instructions)
    program = .allocate(capacity: 1)
    program.initialize(
      to: my_program(
        rows: rows, columns: columns, tile_rows: Swift.max(1, elements / columns),
        tile_columns: Swift.min(columns, elements), scratch_bytes: scratchBytes,
        count: instructions.count,
        instructions: UnsafePointer(instructions.baseAddress ?? .allocate(capacity: 1)),
        is_one_tile: isOneTile))
  }

  deinit {
    scratch?.deallocate()
    program.deallocate()
    instructions.deallocate()
  }

  /// Where the instructions keep the addresses of memory.
  var addresses: [UnsafeMutablePointer<UnsafeMutableRawPointer?>] {
    guard let start = instructions.baseAddress else { return [] }
    let first = MemoryLayout<my_instruction>.offset(of: \.start) ?? 0
    let argument = MemoryLayout<my_instruction>.offset(of: \.argument) ?? 0
    let memory = MemoryLayout<my_argument>.offset(of: \.memory) ?? 0
    return instructions.indices.flatMap { index in
      (0..<Int(MY_MAX_OPERANDS)).flatMap { number in
        [
          first + number * MemoryLayout<UnsafeMutableRawPointer?>.stride,
          argument + memory + number * MemoryLayout<my_argument>.stride,
        ].map { offset in
          (UnsafeMutableRawPointer(start + index) + offset)
            .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        }
      }
    }
  }

  /// Makes the program the epilogue of a matrix product; the call points to memory of this object.
  func finish(_ product: inout my_call) {
    product.finish = my_finish(
      run: my_finish_by_program, context: UnsafeMutableRawPointer(program),
      takes_rows: instructions.contains { $0.kind != MY_ELEMENTS && $0.kind != MY_LOAD })
  }

  /// The call that runs the program; it points to memory of this object.
  var call: my_call {
    var call = my_call()
    call.run = my_run_program
    call.program = UnsafePointer(program)
    return call
  }
}

/// The instructions of a step while they are put together; offsets count slots of scratch memory.
private struct Assembly {
  let rows: Int
  let columns: Int
  private(set) var slots = 0
  /// The bytes of the largest element that lies in a slot.
  private(set) var largestSize = 1
  var instructions: [my_instruction] = []

  /// What a slot holds.
  private enum Content: Hashable {
    case value(Int)
    /// An operand, copied so that its elements follow each other.
    case load(root: Int, layout: Layout)
  }

  /// How an instruction gets at an operand.
  private struct Access {
    var argument: Argument
    /// The slot's content, for an argument that isn't in memory.
    var content: Content?
    /// What to load there first.
    var source: Argument?
    var sourceContent: Content?
    var type: ScalarType
    var size: Int { type.byteCount }
  }

  private let graph: Graph
  private let views: ViewRoots
  private let operand: (Int) -> Operand
  private let members: Set<Int>
  private let isInTile: (Int) -> Bool
  private var slotOf: [Content: Int] = [:]
  private var free: [Int] = []

  init(
    _ step: Step, over table: Shape, of plan: Plan, views: ViewRoots,
    operand: @escaping (Int) -> Operand
  ) {
    (rows, columns) = Step.rowsAndColumns(of: table)
    graph = plan.graph
    self.views = views
    self.operand = operand
    members = Set(step.members)
    isInTile = { if case .tile = plan.placement.places[$0].memory { true } else { false } }
    let worked = step.members.filter { !graph.values[$0].isMatrixProduct }
    let accesses = worked.map { index in
      graph.values[index].operands.map { access(to: $0, by: index) }
    }
    // The last instruction that needs a slot's content; what is loaded once stays.
    var lastUse: [Content: Int] = [:]
    for (number, operands) in accesses.enumerated() {
      for access in operands {
        if let source = access.sourceContent { lastUse[source] = number }
        if let content = access.content {
          lastUse[content] = access.source?.row == 0 ? worked.count : number
        }
      }
    }
    for (number, index) in worked.enumerated() {
      assemble(index, accesses[number]) { lastUse[$0] == number }
    }
  }

  /// Adds the instruction of a member, after what it needs loaded.
  private mutating func assemble(
    _ index: Int, _ accesses: [Access], isLast: (Content) -> Bool
  ) {
    guard let work = graph.rowWork(of: index) else { return }
    let size = graph.values[index].type.byteCount
    var instruction = my_instruction()
    for (number, access) in accesses.enumerated() {
      if let content = access.content, let source = access.source, slotOf[content] == nil {
        take(content, access.size, isNew: source.row == 0)
        var load = my_instruction()
        load.kind = MY_LOAD
        load.load = Kernels.numeric(access.type).pointee.load_tile
        load.once = source.row == 0
        load.set(0, located(access.argument, content))
        load.set(1, located(source, access.sourceContent))
        instructions.append(load)
      }
      instruction.set(number + 1, located(access.argument, access.content))
    }
    // The last use of an element of the same size may be where the result goes; else it is kept
    // until that is there.
    let ending = Set(accesses.flatMap { [$0.content, $0.sourceContent] }.compactMap { $0 })
      .filter { isLast($0) }
    let isInPlace = work.isElementwise && accesses.allSatisfy { $0.size == size }
    if isInPlace { release(ending) }
    var result = memoryArgument(operand(index), extent(of: index))
    if isInTile(index) {
      take(.value(index), size)
      result = located(slotArgument, .value(index))
    }
    if !isInPlace { release(ending) }
    instruction.set(0, result)
    switch work {
    case .elements(let loop):
      instruction.kind = extent(of: index) == .whole ? MY_ELEMENTS : MY_PER_ROW
      instruction.loop = loop
    case .lines(let loop):
      instruction.kind = MY_LINES
      instruction.lines = loop
    case .reduction(let loop):
      instruction.kind = MY_REDUCTION
      instruction.reduction = loop
    }
    instructions.append(instruction)
  }

  /// Of a table with one column, an element of each row is a number for each row.
  private func extent(of index: Int) -> Extent {
    graph.values[index].shape.elementCount == rows ? .column : .whole
  }

  /// How a member reads one of its operands.
  private func access(to index: Int, by member: Int) -> Access {
    let value = graph.values[index]
    let root = views.root[index]
    let size = value.type.byteCount
    let isFlatNeeded = graph.rowWork(of: member)?.isElementwise == false
    let extent = isFlatNeeded ? .whole : extent(of: member)
    if members.contains(root) {
      let own = self.extent(of: root)
      let content: Content? = isInTile(root) ? .value(root) : nil
      let argument = content == nil ? memoryArgument(operand(root), own) : slotArgument
      if own == .whole || extent == .column {
        return Access(argument: argument, content: content, type: value.type)
      }
      // One number a row, for all columns.
      var source = argument
      (source.row, source.column) = (size, 0)
      return load(root, Layout(graph.values[root].shape), source, content, value.type)
    }
    let place = operand(index)
    var source = Argument()
    source.memory = place.start
    if extent == .column {
      let step = place.layout.steps(count: rows) ?? 0
      (source.row, source.stride) = (step * size, step)
      return Access(argument: source, type: value.type)
    }
    let steps = place.layout.rowAndColumnSteps ?? (0, 0)
    (source.row, source.column) = (steps.row * size, steps.column * size)
    source.stride = columns == 1 ? steps.row : steps.column
    let isEven = rows == 1 || columns == 1 || steps.row == columns * steps.column
    if isEven, source.stride == 1 || !isFlatNeeded {
      return Access(argument: source, type: value.type)
    }
    return load(root, place.layout, source, nil, value.type)
  }

  private func load(
    _ root: Int, _ layout: Layout, _ source: Argument, _ sourceContent: Content?,
    _ type: ScalarType
  ) -> Access {
    Access(
      argument: slotArgument, content: .load(root: root, layout: layout), source: source,
      sourceContent: sourceContent, type: type)
  }

  /// A value of the step in memory, where it is contiguous.
  private func memoryArgument(_ operand: Operand, _ extent: Extent) -> Argument {
    var argument = Argument()
    argument.memory = operand.start
    let size = operand.type.byteCount
    argument.row = extent == .whole ? columns * size : size
    argument.column = extent == .whole ? size : 0
    argument.stride = 1
    return argument
  }

  private var slotArgument: Argument {
    var argument = Argument()
    argument.stride = 1
    return argument
  }

  private func located(_ argument: Argument, _ content: Content?) -> Argument {
    guard let content, let slot = slotOf[content] else { return argument }
    var argument = argument
    argument.offset = slot
    return argument
  }

  /// Gives a content a slot: what stays from tile to tile needs one that nothing else ever had.
  private mutating func take(_ content: Content, _ size: Int, isNew: Bool = false) {
    largestSize = Swift.max(largestSize, size)
    if !isNew, let slot = free.popLast() {
      slotOf[content] = slot
    } else {
      slotOf[content] = slots
      slots += 1
    }
  }

  private mutating func release(_ contents: Set<Content>) {
    // In an order of their own, so that equal steps get equal programs.
    free += contents.compactMap { slotOf.removeValue(forKey: $0) }.sorted()
  }
}

/// What an instruction works on, and the step from one element of the tile to the next.
private struct Argument {
  var memory: UnsafeMutableRawPointer?
  var offset = 0
  var row = 0
  var column = 0
  var stride = 0
}

extension my_instruction {
  /// The arguments, output first.
  private mutating func withArguments(
    _ body: (UnsafeMutableBufferPointer<my_argument>) -> Void
  ) {
    withUnsafeMutableBytes(of: &argument) { body($0.bindMemory(to: my_argument.self)) }
  }

  fileprivate mutating func set(_ number: Int, _ value: Argument) {
    withArguments {
      $0[number] = my_argument(
        memory: value.memory, offset: value.offset, row: value.row, column: value.column)
    }
    withUnsafeMutableBytes(of: &stride) { $0.bindMemory(to: Int.self)[number] = value.stride }
  }

  /// Makes offsets in bytes of numbers of slots.
  fileprivate mutating func scaleOffsets(by bytes: Int) {
    withArguments { for number in $0.indices { $0[number].offset *= bytes } }
  }

  /// Notes where the arguments start if the table is one tile.
  fileprivate mutating func start(with scratch: UnsafeMutableRawPointer) {
    let starts = withUnsafeBytes(of: argument) {
      $0.bindMemory(to: my_argument.self).map { $0.memory ?? scratch + $0.offset }
    }
    withUnsafeMutableBytes(of: &start) { buffer in
      let memory = buffer.bindMemory(to: UnsafeMutableRawPointer?.self)
      for (number, start) in starts.enumerated() { memory[number] = start }
    }
  }
}
