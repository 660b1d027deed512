/** The time until the function is stopped. Undefined where nothing stops the work, such as for a command on a laptop. */
export type Remaining = (() => number) | undefined

/**
 * What one function is trusted to do in a second: about half, or less, of what `npm run bench -- operations backups` measured on two shared cores.
 * Of a backup, bytes of tables with their indexes; of a restore with its comparison, bytes of the rows.
 * @see docs/decisions/2026-11-26-logical-backups-fit-one-function.md
 */
export const assumedBytesPerSecond = { backup: 20e6, restore: 5e6 } as const

/** Kept for the manifest and the records, and for what the step in work still needs when the time is over. */
const reserveMilliseconds = 60_000

/** There is not enough time: the database is too large for one function, or the server is too slow. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}

const instead = 'Larger databases are restored from snapshots and to a point in time: see "Restore" in docs/runbook.md.'

/**
 * Checks before the work that it ends in time.
 * @throws OutOfTime
 */
export const checkFits = (work: keyof typeof assumedBytesPerSecond, sizeBytes: number, remaining: Remaining): void => {
  if (!remaining) return
  const seconds = Math.ceil(sizeBytes / assumedBytesPerSecond[work])
  const left = Math.floor((remaining() - reserveMilliseconds) / 1000)
  if (seconds > left)
    throw new OutOfTime(`A ${work} of ${(sizeBytes / 1e9).toFixed(1)} GB can take ${seconds} s, and there are ${left} s. ${instead}`)
}

/** @throws OutOfTime if the work in progress has used its time */
export const checkInTime = (remaining: Remaining): void => {
  if (remaining && remaining() < reserveMilliseconds) throw new OutOfTime(`The time of the function has run out. ${instead}`)
}

/** Passes chunks on while there is time. */
export const whileInTime = async function* (chunks: AsyncIterable<Uint8Array>, remaining: Remaining): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    checkInTime(remaining)
    yield chunk
  }
}
