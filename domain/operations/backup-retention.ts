import { addDays, addMonths, type CalendarDate } from '../shared/index.ts'

/** A backup, as its retention needs it. */
export interface KeptBackup {
  readonly id: string
  /** The moment that it shows, as RFC 3339 text in UTC. */
  readonly snapshotAt: string
  /** It was restored and found equal. */
  readonly isGood: boolean
}

interface BackupRetention {
  /** Every backup is kept so long. */
  readonly days: number
  /** Of each of so many months, this one included, the first good backup is kept. */
  readonly months: number
}

const standardRetention: BackupRetention = { days: 30, months: 12 }

const dayOf = ({ snapshotAt }: KeptBackup): CalendarDate => snapshotAt.slice(0, 10)
const monthOf = (date: string): string => date.slice(0, 7)

/**
 * Chooses the backups that are no longer kept. Kept are: each one of the last `days` days, good or not; the first good one of each of the last
 * `months` months; and always the newest good one, however old it is.
 * @param today in UTC
 * @returns ids, the oldest first
 */
export const expiredBackups = (
  backups: readonly KeptBackup[],
  today: CalendarDate,
  { days, months }: BackupRetention = standardRetention,
): string[] => {
  const oldestFirst = backups.toSorted((a, b) => (a.snapshotAt < b.snapshotAt ? -1 : 1))
  const newestGood = oldestFirst.filter(({ isGood }) => isGood).toReversed()
  const firstOfMonth = new Map(newestGood.map(backup => [monthOf(backup.snapshotAt), backup.id]))
  const oldestMonth = monthOf(addMonths(today, 1 - months))
  const kept = new Set([...firstOfMonth].filter(([month]) => month >= oldestMonth).map(([, id]) => id))
  if (newestGood[0]) kept.add(newestGood[0].id)
  const oldestDay = addDays(today, -days)
  return oldestFirst.filter(backup => !kept.has(backup.id) && dayOf(backup) <= oldestDay).map(({ id }) => id)
}
