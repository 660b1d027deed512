/** A possible pair of a row with a column. Its worth is a whole number above zero. */
export interface Edge {
  readonly row: number
  readonly column: number
  readonly worth: number
}

/** A larger group is assigned greedily: the exact method takes the cube of the size. */
const EXACT_EDGES = 400

const greedy = (edges: readonly Edge[]): Edge[] => {
  const [rows, columns] = [new Set<number>(), new Set<number>()]
  return edges
    .toSorted((a, b) => b.worth - a.worth || a.row - b.row || a.column - b.column)
    .filter(({ column, row }) => {
      if (rows.has(row) || columns.has(column)) return false
      rows.add(row)
      columns.add(column)
      return true
    })
}

/** Adds the path that increases the total worth the most, until none does. After each, the pairs are the best of their number. */
const exact = (edges: readonly Edge[]): Edge[] => {
  const byRow = new Map<number, Edge>()
  const byColumn = new Map<number, Edge>()
  for (;;) {
    /** The best gain of a path that ends at a column, and the last edge of the path. */
    const reached = new Map<number, { readonly gain: number; readonly edge: Edge }>()
    for (let isChanged = true; isChanged; ) {
      isChanged = false
      for (const edge of edges) {
        const held = byRow.get(edge.row)
        const before = held === undefined ? 0 : reached.get(held.column)?.gain
        if (held === edge || before === undefined) continue
        const gain = before + edge.worth - (held?.worth ?? 0)
        if (gain <= (reached.get(edge.column)?.gain ?? Number.NEGATIVE_INFINITY)) continue
        reached.set(edge.column, { gain, edge })
        isChanged = true
      }
    }
    let best: number | undefined
    let most = 0
    for (const [column, { gain }] of reached) {
      if (byColumn.has(column) || gain <= most) continue
      most = gain
      best = column
    }
    if (best === undefined) return [...byRow.values()]
    while (best !== undefined) {
      const edge: Edge = reached.get(best)!.edge
      const given: number | undefined = byRow.get(edge.row)?.column
      byRow.set(edge.row, edge)
      byColumn.set(best, edge)
      best = given
    }
  }
}

/** The edges of each group of rows and columns that are connected. */
const groupsOf = (edges: readonly Edge[]): Edge[][] => {
  const parents = new Map<string, string>()
  const rootOf = (name: string): string => {
    let root = name
    while (parents.has(root)) root = parents.get(root)!
    if (root !== name) parents.set(name, root)
    return root
  }
  for (const { column, row } of edges) {
    const [one, other] = [rootOf(`r${row}`), rootOf(`c${column}`)]
    if (one !== other) parents.set(other, one)
  }
  return [...Map.groupBy(edges, ({ row }) => rootOf(`r${row}`)).values()]
}

/**
 * Chooses pairs so that no row and no column is in two of them. In groups of up to 400 possible pairs the total worth is the largest that there
 * is; in larger ones the most valuable pairs are taken first.
 */
export const assignPairs = (edges: readonly Edge[]): Edge[] =>
  groupsOf(edges).flatMap(group => (group.length === 1 ? group : group.length <= EXACT_EDGES ? exact(group) : greedy(group)))
