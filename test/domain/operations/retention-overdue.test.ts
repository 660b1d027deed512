import { expect, it } from 'vitest'
import { overdueRetention } from '../../../domain/operations/index.ts'

const hour = 3_600_000
const now = 1_000 * hour
const policy = (name: string, nextExecutionMs: number | null, unfinishedSinceMs: number | null = null) => ({
  policy: name,
  nextExecutionMs,
  unfinishedSinceMs,
})

it.each([
  ['no policy', [], { policies: 0, hours: 0, mostOverdue: null }],
  [
    'a policy with a time to come, and one without a time',
    [policy('A', now + 1), policy('B', null)],
    { policies: 0, hours: 0, mostOverdue: null },
  ],
  ['a policy that is due at this moment', [policy('A', now)], { policies: 1, hours: 0, mostOverdue: 'A' }],
  [
    'the most overdue of several',
    [policy('A', now - 2 * hour), policy('B', now - 30 * hour), policy('C', now + hour)],
    { policies: 2, hours: 30, mostOverdue: 'B' },
  ],
  ['a run that does not come to an end', [policy('A', now - 50 * hour, now - 50 * hour)], { policies: 1, hours: 50, mostOverdue: 'A' }],
  [
    'a failed run, although the next time is to come',
    [policy('A', now + 100 * hour, now - 68 * hour)],
    { policies: 1, hours: 68, mostOverdue: 'A' },
  ],
  ['two unfinished times of one policy', [policy('A', now - hour, now - 169 * hour)], { policies: 1, hours: 169, mostOverdue: 'A' }],
])('%s', (_, policies, expected) => expect(overdueRetention(policies, now)).toEqual(expected))
