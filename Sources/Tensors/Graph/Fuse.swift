/// What a plan does at once: one operation, or several that go over a table tile by tile.
package struct Step: Sendable, Hashable {
  /// The values that are computed, in order.
  package var members: [Int]
  /// The table that all members but a matrix product at the head go over together; `nil` for an
  /// operation that is done by itself.
  package var table: Shape?

  /// A shape as rows of the last axis.
  package static func rowsAndColumns(of shape: Shape) -> (rows: Int, columns: Int) {
    let columns = shape.rank == 0 ? 1 : shape[shape.rank - 1]
    return (columns == 0 ? 0 : shape.elementCount / columns, columns)
  }
}

/// How the value of a member lies beside the step's table.
package enum Extent: Sendable, Hashable {
  /// An element for each of the table's.
  case whole
  /// One number for each row.
  case column
}

/// The pass after simplification: chains of operations over one table become one step, of which a
/// tile at a time goes through all operations; a matrix product takes the chain that follows it as
/// its epilogue.
///
/// A value joins the steps of its operands where their tables agree, unless what lies between them
/// would then wait for itself. What is only needed later moves to where it is needed, so that it
/// need not be kept.
package struct Fusion {
  /// All steps, each after those that it depends on.
  package private(set) var steps: [Step] = []

  /// The most operations in a step, and the most scratch memory, in bytes, that its tiles take.
  private static let mostMembers = 32
  package static let mostScratch = 1 << 17
  /// The most steps that are searched for what lies between two that may become one.
  private static let mostGroupsBetween = 256
  /// The most columns of a table whose rows are taken as a whole.
  private static let mostColumns = 512

  private let graph: Graph
  private let views: ViewRoots
  /// The values that need memory whatever happens: outputs and what replaces an input.
  private let kept: Set<Int>
  /// The values that read each root.
  private var readers: [[Int]]
  /// How each value's operation is done on rows.
  private var works: [RowWork?]
  private var groups: [Group] = []
  /// The group of each value that is computed; −1 for none.
  private var groupOf: [Int]

  private struct Group {
    var members: [Int]
    var extents: [Int: Extent] = [:]
    /// `nil` if nothing may join.
    var table: Shape?
    var hasHead = false
    /// Whether some members need whole rows.
    var takesRows = false
    /// The last of all values that the members are or depend on, in whatever way.
    var reach = 0
    /// The groups that depend on this one directly.
    var dependents: Set<Int> = []
  }

  /// Groups the values of a graph.
  ///
  /// - Parameters:
  ///   - graph: A simplified graph.
  ///   - updates: The values that replace inputs.
  package init(_ graph: Graph, updates: [Int: Int]) {
    self.graph = graph
    views = ViewRoots(graph)
    let root = views.root
    kept = Set((graph.outputs + updates.values).map { root[$0] })
    readers = Array(repeating: [], count: graph.values.count)
    groupOf = Array(repeating: -1, count: graph.values.count)
    works = graph.values.indices.map { graph.rowWork(of: $0) }
    for (index, value) in graph.values.enumerated() where root[index] == index {
      for operand in Set(value.operands.map { root[$0] }) { readers[operand].append(index) }
    }
    for (index, value) in graph.values.enumerated()
    where value.operation != nil && root[index] == index {
      place(index)
    }
    sink()
    if !order() {
      // Groups that wait for each other: not known to happen, but then each operation is by itself.
      assertionFailure("steps wait for each other")
      steps = groupOf.indices.filter { groupOf[$0] >= 0 }.map { Step(members: [$0], table: nil) }
    }
  }

  private func work(of index: Int) -> RowWork? { works[index] }

  // MARK: Joining

  private mutating func place(_ index: Int) {
    let value = graph.values[index]
    let sources = Set(value.operands.map { groupOf[views.root[$0]] }).subtracting([-1])
    var joined: Int?
    // The groups of the operands, the latest first.
    let candidates = work(of: index) == nil ? [] : sources.sorted { last($0) > last($1) }
    for candidate in candidates {
      if let group = joined {
        if let both = merged(groups[group], groups[candidate]), isApart(both.members) {
          groups[group] = both
          for member in groups[candidate].members { groupOf[member] = group }
          for dependency in dependencies(of: groups[candidate].members) {
            groups[dependency].dependents.remove(candidate)
            if dependency != group { groups[dependency].dependents.insert(group) }
          }
          groups[group].dependents.subtract([group, candidate])
          groups[candidate] = Group(members: [])
        }
      } else if let with = joining(index, groups[candidate]), isApart(with.members) {
        groups[candidate] = with
        groupOf[index] = candidate
        joined = candidate
      }
    }
    let group = joined ?? groups.count
    if joined == nil {
      groupOf[index] = group
      groups.append(first(index))
    }
    for source in dependencies(of: [index]) { groups[source].dependents.insert(group) }
    extendReach(of: group, to: index)
  }

  private func last(_ group: Int) -> Int { groups[group].members.last ?? 0 }

  /// The other groups that members of one group depend on directly.
  private func dependencies(of members: [Int]) -> Set<Int> {
    var found: Set<Int> = []
    for index in members {
      for operand in graph.values[index].operands {
        let group = groupOf[views.root[operand]]
        if group >= 0, group != groupOf[index] { found.insert(group) }
      }
    }
    return found
  }

  /// Notes that a group, and so what depends on it, waits for a value.
  private mutating func extendReach(of group: Int, to index: Int) {
    var pending = [group]
    while let next = pending.popLast() {
      guard groups[next].reach < index else { continue }
      groups[next].reach = index
      pending += groups[next].dependents
    }
  }

  /// A group of a value alone.
  private func first(_ index: Int) -> Group {
    let value = graph.values[index]
    var group = Group(members: [index])
    guard value.shape.elementCount > 0, let operation = value.operation else { return group }
    if operation is MatrixProduct {
      if value.shape.rank == 2 {
        group.table = value.shape
        group.hasHead = true
        group.extents[index] = .whole
      }
      return group
    }
    let table: Shape
    switch work(of: index) {
    case .elements: table = value.shape
    case .lines, .reduction: table = graph.values[value.operands[0]].shape
    case nil: return group
    }
    let empty = Group(members: [], table: table)
    return table.elementCount == 0 ? group : joining(index, empty) ?? group
  }

  /// The group with one more member, or `nil` if its work doesn't go over the group's table.
  private func joining(_ index: Int, _ group: Group) -> Group? {
    guard let table = group.table, let work = work(of: index) else { return nil }
    let value = graph.values[index]
    var group = group
    let extent: Extent
    switch work {
    case .elements:
      if value.shape == table {
        extent = .whole
      } else if value.shape.elementCount == Step.rowsAndColumns(of: table).rows,
        value.operands.contains(where: { group.extents[views.root[$0]] == .column })
      {
        extent = .column
      } else {
        return nil
      }
      guard value.operands.allSatisfy({ canRead($0, as: extent, in: group) }) else { return nil }
    case .lines, .reduction:
      guard graph.values[value.operands[0]].shape == table,
        canRead(value.operands[0], as: .whole, in: group)
      else { return nil }
      if case .lines = work { extent = .whole } else { extent = .column }
      group.takesRows = true
    }
    group.members.append(index)
    group.extents[index] = extent
    return fits(group) ? group : nil
  }

  /// Whether a member can take an operand tile by tile.
  private func canRead(_ operand: Int, as extent: Extent, in group: Group) -> Bool {
    let root = views.root[operand]
    let layout = views.layouts[operand]
    guard let table = group.table else { return false }
    let (rows, columns) = Step.rowsAndColumns(of: table)
    guard let member = group.extents[root] else {
      // From memory, with any steps.
      return extent == .whole ? layout.rowAndColumnSteps != nil : layout.steps(count: rows) != nil
    }
    guard layout.offset == 0 else { return false }
    switch (member, extent) {
    case (.whole, .whole): return layout.isContiguous && layout.elementCount == rows * columns
    case (.column, .column): return layout.steps(count: rows) == 1 || rows == 1
    case (.column, .whole):
      guard let steps = layout.rowAndColumnSteps else { return false }
      return (columns == 1 || steps.column == 0) && (rows == 1 || steps.row == 1)
    case (.whole, .column): return false
    }
  }

  private func merged(_ a: Group, _ b: Group) -> Group? {
    guard let table = a.table, table == b.table, !(a.hasHead && b.hasHead) else { return nil }
    var both = a
    both.members = (a.members + b.members).sorted()
    both.extents.merge(b.extents) { own, _ in own }
    both.hasHead = a.hasHead || b.hasHead
    both.takesRows = a.takesRows || b.takesRows
    both.reach = Swift.max(a.reach, b.reach)
    both.dependents = a.dependents.union(b.dependents)
    // A member of one that reads a member of the other must be able to do so tile by tile; a
    // matrix product never is.
    for index in both.members {
      guard work(of: index) != nil else {
        if graph.values[index].operands.contains(where: { both.extents[views.root[$0]] != nil }) {
          return nil
        }
        continue
      }
      let extent = extentRead(by: index, in: both)
      guard graph.values[index].operands.allSatisfy({ canRead($0, as: extent, in: both) }) else {
        return nil
      }
    }
    return fits(both) ? both : nil
  }

  /// Whether tiles for all members, and for what they load, fit into scratch memory.
  private func fits(_ group: Group) -> Bool {
    guard group.members.count <= Fusion.mostMembers, let table = group.table else { return false }
    guard group.takesRows else { return true }
    let columns = Step.rowsAndColumns(of: table).columns
    let tiles = group.members.reduce(0) { $0 + 1 + graph.values[$1].operands.count }
    return columns <= Fusion.mostColumns && tiles * (columns * 8 + 128) <= Fusion.mostScratch
  }

  /// Whether no value outside of the members depends on one of them and is needed by another.
  private func isApart(_ members: [Int]) -> Bool {
    guard let first = members.first else { return true }
    let inside = Set(members)
    var seen: Set<Int> = []
    var pending: [Int] = []
    /// Notes the groups that a value depends on; tells whether one of the members is among them.
    func follow(_ index: Int) -> Bool {
      var meetsMember = false
      for operand in graph.values[index].operands {
        let root = views.root[operand]
        if inside.contains(root) {
          meetsMember = true
        } else if groupOf[root] >= 0, seen.insert(groupOf[root]).inserted {
          pending.append(groupOf[root])
        }
      }
      return meetsMember
    }
    for index in members { _ = follow(index) }
    while let group = pending.popLast() {
      // What waits for nothing from the first member on can't depend on one. A search that goes on
      // and on isn't worth it.
      guard groups[group].reach > first else { continue }
      if seen.count > Fusion.mostGroupsBetween { return false }
      for index in groups[group].members where follow(index) { return false }
    }
    return true
  }

  // MARK: Moving

  /// Moves elementwise members that only one later step reads into that step, with those that only
  /// they read, if what these read is kept anyway.
  private mutating func sink() {
    for index in graph.values.indices.reversed() {
      let source = groupOf[index]
      guard source >= 0, let reader = readers[index].first, groupOf[reader] != source,
        let moved = movable(index)
      else { continue }
      let target = groupOf[reader]
      guard groups[target].table == groups[source].table else { continue }
      var group = groups[target]
      group.members = (group.members + moved).sorted()
      for member in moved { group.extents[member] = .whole }
      let isReadable = moved.allSatisfy { member in
        graph.values[member].operands.allSatisfy { canRead($0, as: .whole, in: group) }
      }
      guard isReadable, fits(group), canReadAll(index, by: readers[index], in: group) else {
        continue
      }
      groups[target] = group
      groups[source].members.removeAll { moved.contains($0) }
      for member in moved {
        groups[source].extents[member] = nil
        groupOf[member] = target
      }
    }
  }

  /// A member that one other group reads, and the members of its group that only it needs; `nil` if
  /// they can't move, or if memory would have to be kept for what they read.
  private func movable(_ index: Int) -> [Int]? {
    let source = groupOf[index]
    let target = readers[index].first.map { groupOf[$0] }
    guard readers[index].allSatisfy({ groupOf[$0] == target }) else { return nil }
    var moved = [index]
    var pending = [index]
    while let member = pending.popLast() {
      guard !kept.contains(member), groups[source].extents[member] == .whole,
        work(of: member)?.isElementwise == true
      else { return nil }
      for operand in graph.values[member].operands {
        let root = views.root[operand]
        guard groupOf[root] == source, !moved.contains(root) else { continue }
        if readers[root].allSatisfy({ moved.contains($0) }) {
          moved.append(root)
          pending.append(root)
        } else if !kept.contains(root),
          !readers[root].contains(where: { groupOf[$0] != source })
        {
          return nil
        }
      }
    }
    return moved.count < groups[source].members.count ? moved : nil
  }

  /// Whether readers in a group can take a value tile by tile.
  private func canReadAll(_ index: Int, by readers: [Int], in group: Group) -> Bool {
    readers.allSatisfy { reader in
      work(of: reader) != nil
        && graph.values[reader].operands.allSatisfy {
          views.root[$0] != index || canRead($0, as: extentRead(by: reader, in: group), in: group)
        }
    }
  }

  /// What a member reads its operands as.
  private func extentRead(by index: Int, in group: Group) -> Extent {
    if case .reduction = work(of: index) { .whole } else { group.extents[index] ?? .whole }
  }

  // MARK: Ordering

  /// Lists the groups, each after those that it depends on and otherwise by their last members;
  /// returns false if that can't be.
  private mutating func order() -> Bool {
    let byLast = groups.indices.filter { !groups[$0].members.isEmpty }
      .sorted { last($0) < last($1) }
    var isListed = [Bool](repeating: false, count: groups.count)
    var isWaiting = [Bool](repeating: false, count: groups.count)
    for group in byLast {
      var pending = [group]
      while let next = pending.last {
        if isListed[next] {
          pending.removeLast()
          continue
        }
        let needed = dependencies(of: groups[next].members).filter { !isListed[$0] }
        if needed.isEmpty {
          isListed[next] = true
          pending.removeLast()
          steps.append(step(groups[next]))
        } else if isWaiting[next] {
          return false
        } else {
          isWaiting[next] = true
          pending += needed.sorted()
        }
      }
    }
    return true
  }

  private func step(_ group: Group) -> Step {
    let isAlone = group.hasHead && group.members.count == 1
    var members = group.members
    // A matrix product is done first, whatever else could be.
    if group.hasHead, let head = members.firstIndex(where: { graph.values[$0].isMatrixProduct }) {
      members.insert(members.remove(at: head), at: 0)
    }
    return Step(members: members, table: isAlone || group.extents.isEmpty ? nil : group.table)
  }
}

extension Graph {
  /// How a value's operation is done on some rows by themselves.
  package func rowWork(of index: Int) -> RowWork? {
    let operands = values[index].operands.map { values[$0] }
    return values[index].operation?.rowWork(operands.map(\.shape), operands.map(\.type))
  }
}

extension Graph.Value {
  package var isMatrixProduct: Bool { operation is MatrixProduct }
}

extension Layout {
  /// The steps from row to row and from column to column, if the axes in front of the last are as
  /// one.
  package var rowAndColumnSteps: (row: Int, column: Int)? {
    guard rank > 0 else { return (0, 0) }
    guard let row = steps(upTo: rank - 1) else { return nil }
    return (row, extent(rank - 1) == 1 ? 0 : stride(rank - 1))
  }

  /// The step from one element to the next, if all `count` of them follow each other with one step.
  package func steps(count: Int) -> Int? { elementCount == count ? steps(upTo: rank) : nil }

  /// The step over some first axes taken as one; 0 if they have one position.
  private func steps(upTo end: Int) -> Int? {
    var step: (stride: Int, extent: Int)?
    for axis in 0..<end where extent(axis) != 1 {
      if let outer = step, outer.stride != stride(axis) * extent(axis) { return nil }
      step = (stride(axis), extent(axis))
    }
    return step?.stride ?? 0
  }
}
