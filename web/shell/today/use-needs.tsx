import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Moment } from '../../components/figures.tsx'
import { formatNumber } from '../../components/format.ts'
import { outsideOf } from '../../wealth/portfolios/balance.tsx'
import type { DefaultPortfolio } from '../../wealth/portfolios/default-allocation.tsx'
import { portfolioPath } from '../../wealth/portfolios/portfolio-data.ts'
import { useApi } from '../api.ts'
import type { Household } from '../household.ts'
import { type Look, useLook } from '../preferences.ts'
import type { Need } from './need-list.tsx'
import type { Today } from './today.ts'
import { useSecondFactor } from './use-second-factor.ts'
import { needs as m, planNeeds } from '#messages/today'

type PlanNeed = NonNullable<Today['plans'][number]['need']>

const tones = { mismatch: 'bad', failed: 'bad', changed: 'warn', 'never-run': 'info', unverified: 'info' } as const satisfies Record<
  PlanNeed,
  Need['tone']
>
const pathOf = { mismatch: '', failed: '', changed: '/edit', 'never-run': '/edit', unverified: '' } as const satisfies Record<
  PlanNeed,
  string
>

const needsOfPlans = ({ plans }: Today): Need[] =>
  plans.flatMap(({ id, name, need }) => {
    if (need === null) return []
    const { action, note, text } = planNeeds[need]
    return [{ key: `plan-${id}`, tone: tones[need], text: text(`“${name}”`), note, action, href: `/plans/${id}${pathOf[need]}` }]
  })

const needsOfInvitations = ({ expiringInvitations, receivedInvitations }: Today, household: Household | undefined): Need[] => [
  ...receivedInvitations.map(({ expiresAt, householdName, role }, index) => ({
    key: `invitation-${index}`,
    tone: 'warn' as const,
    text: m.invitation(`“${householdName}”`, m.roles[role]),
    note: (
      <>
        {m.invitationNote} <Moment instant={expiresAt} />.
      </>
    ),
    href: '/invitation',
    action: m.invitationAction,
  })),
  ...expiringInvitations.map(({ email, expiresAt }) => ({
    key: `expiring-${email}`,
    tone: 'warn' as const,
    text: m.expiring(email),
    note: (
      <>
        {m.expiringNote} <Moment instant={expiresAt} />.
      </>
    ),
    href: `/households/${household?.id}`,
    action: m.expiringAction,
  })),
]

const needsOfPlatform = (attention: ApiAnswer<'GET /v1/operations/attention'>, look: Look): Need[] => {
  const { failedJobs, newerBackupsWithoutProof, newestGoodBackupAt, openEvents } = attention
  const backups = { key: 'backups', tone: 'warn', href: '/operator/backups', action: m.backupsAction } as const
  return [
    ...openEvents.map(({ count, severity }) => ({
      key: `events-${severity}`,
      tone: severity === 'warning' ? ('warn' as const) : ('bad' as const),
      text: m.events(formatNumber(count, look), m.severities[severity]),
      note: m.eventsNote,
      href: '/operator/events',
      action: m.eventsAction,
    })),
    ...failedJobs.map(({ job, startedAt }) => ({
      key: `job-${job}`,
      tone: 'bad' as const,
      text: m.job(job),
      note: (
        <>
          {m.jobNote} <Moment instant={startedAt} />.
        </>
      ),
      href: '/operator/jobs',
      action: m.jobAction,
    })),
    ...(newestGoodBackupAt === null ? [{ ...backups, text: m.noBackup, note: m.noBackupNote }] : []),
    ...(newestGoodBackupAt !== null && newerBackupsWithoutProof > 0
      ? [
          {
            ...backups,
            text: m.backups(formatNumber(newerBackupsWithoutProof, look)),
            note: (
              <>
                {m.backupsNote} <Moment instant={newestGoodBackupAt} />.
              </>
            ),
          },
        ]
      : []),
  ]
}

const needsOfAllocation = ({ holdings, portfolio }: DefaultPortfolio, look: Look): Need[] => {
  const outside = holdings ? outsideOf(holdings.allocation).length : 0
  if (!portfolio || outside === 0) return []
  return [
    {
      key: 'allocation',
      tone: 'warn',
      text: m.allocation(formatNumber(outside, look), portfolio.name),
      note: m.allocationNote,
      href: `${portfolioPath(portfolio.id)}/rebalance`,
      action: m.allocationAction,
    },
  ]
}

const needsOfData = ({ counts: { problem, warning } }: ApiAnswer<'GET /v1/wealth/data-health'>, look: Look): Need[] => {
  if (problem === 0 && warning === 0) return []
  const said =
    problem > 0
      ? ({ tone: 'bad', text: m.problems(formatNumber(problem, look)) } as const)
      : ({ tone: 'warn', text: m.warnings(formatNumber(warning, look)) } as const)
  return [{ key: 'data', ...said, note: m.dataNote, href: '/data-health', action: m.dataAction }]
}

const order: readonly Need['tone'][] = ['bad', 'warn', 'info']

/**
 * What waits for the person, the gravest first. Each source of needs is a function that gives its own.
 * @param hasAccounts the household has data to check
 * @param leavesOutSecurity the page asks for a second factor elsewhere
 * @param portfolio the one that is shown first
 */
export const useNeeds = (
  today: Today | undefined,
  household: Household | undefined,
  {
    canEdit,
    hasAccounts,
    leavesOutSecurity,
    portfolio,
  }: {
    readonly canEdit: boolean
    readonly hasAccounts: boolean
    readonly leavesOutSecurity: boolean
    readonly portfolio: DefaultPortfolio
  },
): readonly Need[] => {
  const look = useLook()
  const { isSecured } = useSecondFactor()
  const { data: me } = useApi('GET /v1/identity/me')
  const { data: attention } = useApi('GET /v1/operations/attention', {}, { enabled: me?.role === 'admin', staleTime: 0 })
  const { data: health } = useApi(
    'GET /v1/wealth/data-health',
    { query: { householdId: household?.id ?? '' } },
    { enabled: household !== undefined && hasAccounts && canEdit, staleTime: 0 },
  )
  if (!today) return []
  const needs: Need[] = [
    ...needsOfInvitations(today, household),
    ...(canEdit ? needsOfPlans(today) : []),
    ...(canEdit ? needsOfAllocation(portfolio, look) : []),
    ...(canEdit && health ? needsOfData(health, look) : []),
    ...(attention ? needsOfPlatform(attention, look) : []),
  ]
  if (isSecured === false && !leavesOutSecurity)
    needs.push({
      key: 'security',
      tone: 'warn',
      text: m.security,
      note: m.securityNote,
      href: '/settings/security',
      action: m.securityAction,
    })
  return needs.toSorted((left, right) => order.indexOf(left.tone) - order.indexOf(right.tone))
}
