/** The specification of a shard, and its paths: from `fromPath` up to, not including, `toPath`. */
interface Shard {
  inputHash: string
  fromPath: number
  toPath: number
}

/**
 * Shards in the order of their paths.
 *
 * @throws RangeError unless all belong to the specification with this hash, and cover each of its `paths` once
 */
export function inPathOrder<S extends Shard>(shards: readonly S[], inputHash: string, paths: number): S[] {
  const ordered = shards.toSorted((a, b) => a.fromPath - b.fromPath)
  let covered = 0
  for (const shard of ordered) {
    if (shard.inputHash !== inputHash) throw new RangeError('a shard belongs to another specification')
    if (shard.fromPath !== covered)
      throw new RangeError(`paths from ${covered} on are ${shard.fromPath > covered ? 'missing' : 'given twice'}`)
    covered = shard.toPath
  }
  if (covered !== paths) throw new RangeError(`paths from ${covered} on are missing`)
  return ordered
}
