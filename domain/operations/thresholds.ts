/** Below so many rows, PostgreSQL reads the whole table as fast as an index: 1,000 rows of 100 bytes are a dozen pages. */
export const tinyTableRows = 1_000
/** From here on, an index that is missing costs each statement milliseconds. */
export const largeTableRows = 10_000
/** An index of less costs writes and memory next to nothing. */
export const smallIndexBytes = 1_048_576
/** Statistics of a shorter time miss what runs once a month. */
export const unusedAfterDays = 35
/** Autovacuum comes at a fifth; twice that means that it does not keep up. */
export const deadRowShare = 0.4
export const deadRowMinimum = 10_000
/** Half-empty pages double the reads. Fresh B-trees are filled to 90 %. */
export const bloatShare = 0.5
/** Space of less is not worth the work. */
export const bloatBytes = 10 * 1_048_576
/** Beyond it, one statement in twenty blocks is read from storage; working sets of this platform fit into memory. */
export const cacheHitShare = 0.95
/** With fewer blocks the ratio says more about the start than about the load. */
export const cacheBlocks = 100_000
/** As the alarm: the next burst of requests would be refused. */
export const connectionShare = 0.8
/** The longest time of a request is half a minute, of a job 15 minutes. */
export const longTransactionSeconds = 15 * 60
/** A request gives up its wait for a lock after 20 seconds. */
export const blockedSeconds = 20
/** Autovacuum freezes at freezeAge; twice that means that something holds it back, such as a transaction that never ends. */
export const freezeAgeFactor = 2
/** Half of the transactions that PostgreSQL can tell apart are used up. */
export const wraparoundAge = 1_073_741_824
/** The jobs make partitions each day, for months ahead: with two weeks left they have failed for long. */
export const partitionDaysAhead = 14
/** As the server logs, and as the alarm counts. */
export const slowMilliseconds = 1_000
/** One run of a rare statement proves nothing. */
export const slowCalls = 5
/** Readers of Aurora are usually some dozens of milliseconds behind. */
export const replicaLagMilliseconds = 1_000
/** So many scans of a whole table are no single report. */
export const frequentScans = 100
/** A policy that has much to remove goes on every hour: after a day it does not come to an end. */
export const overdueRetentionHours = 24
