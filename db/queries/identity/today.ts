import { and, asc, eq, sql } from 'drizzle-orm'
import type { SimulatedPlan } from '../../../domain/planning/index.ts'
import type { Transaction } from '../../database.ts'
import { householdInvitations } from '../../schema/identity/households.ts'
import { instantText } from '../instant-text.ts'
import { type HouseholdRole, isOpenInvitation } from './households.ts'

export interface HouseholdCounts extends Record<string, unknown> {
  readonly members: number
  /** 0 for who is not an owner: only owners read them. */
  readonly openInvitations: number
  readonly plans: number
}

/** What a household has; undefined if the user is no member of it. */
export const countsOfHousehold = async (transaction: Transaction, householdId: string): Promise<HouseholdCounts | undefined> => {
  const [row] = await transaction.execute<HouseholdCounts>(sql`
    select (select count(*)::int from identity.household_members where household_id = h.id) as members,
      (select count(*)::int from identity.household_invitations
        where household_id = h.id and accepted_at is null and revoked_at is null and expires_at > now()) as "openInvitations",
      (select count(*)::int from planning.plans where household_id = h.id) as plans
    from identity.households h where h.id = ${householdId}`)
  return row
}

/** A plan with what its newest runs say. */
export interface PlanOfToday extends SimulatedPlan {
  readonly id: string
  readonly name: string
  readonly asOfDate: string
  readonly latestRun: (NonNullable<SimulatedPlan['latestRun']> & { readonly successProbability: number; readonly createdAt: string }) | null
  readonly previousSuccessProbability: number | null
}

const mostPlans = 50

const asRun = (run: PlanOfToday['latestRun'] | string): PlanOfToday['latestRun'] =>
  typeof run === 'string' ? (JSON.parse(run) as PlanOfToday['latestRun']) : run

/**
 * The plans of a household that are not archived, the one that was changed last first. Verifications are no runs here. The index runs_plan
 * gives the newest runs of a plan, and a success is read from the stored outputs: results are long.
 */
export const listPlansOfToday = async (transaction: Transaction, householdId: string): Promise<PlanOfToday[]> => {
  const rows = await transaction.execute<Record<string, unknown> & PlanOfToday>(sql`
    select plan.id, plan.name, plan.as_of_date::text as "asOfDate", plan.version,
      coalesce(newest.status in ('queued', 'running'), false) as "isBeingSimulated", coalesce(newest.status = 'failed', false) as "hasFailed",
      case when latest.id is not null then jsonb_build_object('planVersion', latest.plan_version, 'engineVersion', latest.engine_version,
        'verificationMatched', latest.last_verification_matched, 'createdAt', ${instantText(sql`latest.created_at`)},
        'successProbability', (select output_value from planning.plan_outputs where run_id = latest.id and output_name = 'success_probability')) end as "latestRun",
      (select output_value::float8 from planning.plan_outputs where run_id = previous.id and output_name = 'success_probability') as "previousSuccessProbability"
    from planning.plans plan
    left join lateral (
      select status from planning.runs where plan_id = plan.id and verifies_run_id is null and status <> 'cancelled' order by id desc limit 1
    ) newest on true
    left join lateral (
      select id, plan_version, engine_version, last_verification_matched, created_at from planning.runs
      where plan_id = plan.id and verifies_run_id is null and status = 'succeeded' order by id desc limit 1
    ) latest on true
    left join lateral (
      select id from planning.runs
      where plan_id = plan.id and verifies_run_id is null and status = 'succeeded' and id < latest.id order by id desc limit 1
    ) previous on true
    where plan.household_id = ${householdId} and plan.status <> 'archived'
    order by plan.updated_at desc limit ${mostPlans}`)
  return rows.map(row => ({ ...row, latestRun: asRun(row.latestRun) }))
}

/** The open invitations to a household that expire within two days, for its owners. */
export const listExpiringInvitations = (transaction: Transaction, householdId: string) =>
  transaction
    .select({ email: householdInvitations.email, expiresAt: householdInvitations.expiresAt })
    .from(householdInvitations)
    .where(
      and(
        isOpenInvitation,
        eq(householdInvitations.householdId, householdId),
        sql`${householdInvitations.expiresAt} < now() + interval '2 days'`,
      ),
    )
    .orderBy(asc(householdInvitations.expiresAt))

export interface ReceivedInvitation extends Record<string, unknown> {
  readonly householdName: string
  readonly role: HouseholdRole
  readonly expiresAt: string
}

/** The open invitations to the verified address of the user: see identity.invitations_to_me. */
export const listReceivedInvitations = async (transaction: Transaction): Promise<ReceivedInvitation[]> => {
  const rows = await transaction.execute<ReceivedInvitation>(sql`
    select household_name as "householdName", role, ${instantText(sql`expires_at`)} as "expiresAt" from identity.invitations_to_me()`)
  return [...rows]
}
