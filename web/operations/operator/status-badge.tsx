import { Badge } from '../../components/page.tsx'

const kinds: Readonly<Record<string, 'good' | 'warn' | 'bad' | 'info'>> = {
  acknowledged: 'info',
  complete: 'info',
  completed: 'good',
  critical: 'bad',
  'database-erased': 'warn',
  error: 'bad',
  failed: 'bad',
  good: 'good',
  info: 'info',
  open: 'warn',
  partial: 'warn',
  resolved: 'good',
  running: 'info',
  succeeded: 'good',
  success: 'good',
  warning: 'warn',
}

/** A state in a word. */
export const StatusBadge = <Status extends string>({
  status,
  words,
}: {
  readonly status: Status
  readonly words: Readonly<Record<Status, string>>
}) => <Badge kind={kinds[status] ?? 'plain'}>{words[status]}</Badge>

/** A state in a word, and why it failed. */
export const Outcome = <Status extends string>({
  error,
  ...badge
}: {
  readonly status: Status
  readonly words: Readonly<Record<Status, string>>
  readonly error: string | null
}) => (
  <>
    <StatusBadge {...badge} />
    {error !== null && <p>{error}</p>}
  </>
)
