import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { householdInvitations, householdMembers, type householdRoles, households } from '../../schema/identity/households.ts'
import { rowsOf } from '../rows.ts'

export type HouseholdRole = (typeof householdRoles)[number]
export type Household = typeof households.$inferSelect & { readonly role: HouseholdRole | null }

/** Households with the role of the transaction's user. The role is null if the statement itself creates the household. */
export const householdRows = rowsOf(households, {
  selection: {
    ...getTableColumns(households),
    role: sql<HouseholdRole | null>`(
      select member.role from identity.household_members as member
      where member.household_id = households.id and member.user_id = operations.current_user_id())`,
  },
})

/**
 * Locks a household of which the transaction's user is an owner until the transaction ends; row-level security keeps others from locking it.
 * Waits for other changes of its members, one of which can end the ownership: read the role afterwards, in another statement.
 */
export const lockOwnHousehold = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction.select({ id: households.id }).from(households).where(eq(households.id, id)).for('no key update')
}

interface Profile {
  readonly email: string | null
  readonly firstName: string | null
  readonly lastName: string | null
}

/** Members with the profile that other members may see. The key is the user's id, which identifies a member only within a household. */
export const memberRows = rowsOf(householdMembers, {
  key: 'userId',
  nested: true,
  selection: {
    ...getTableColumns(householdMembers),
    profile: sql<Profile>`(
      select jsonb_build_object('email', profile.email, 'firstName', profile.first_name, 'lastName', profile.last_name)
      from identity.member_profiles as profile
      where profile.household_id = household_members.household_id and profile.user_id = household_members.user_id)`,
  },
})

export const membersOf = (householdId: string) => eq(householdMembers.householdId, householdId)

export const isOpenInvitation = and(
  isNull(householdInvitations.acceptedAt),
  isNull(householdInvitations.revokedAt),
  sql`${householdInvitations.expiresAt} > now()`,
)

/** Invitations that can still be accepted. */
export const openInvitationRows = rowsOf(householdInvitations, { where: isOpenInvitation })

export const revokeInvitation = (transaction: Transaction, householdId: string, id: string) =>
  openInvitationRows.update(transaction, id, { revokedAt: sql`now()` }, undefined, eq(householdInvitations.householdId, householdId))

/** Makes the transaction's user a member by the invitation. Returns the household's id, or undefined if the token is not valid. */
export const acceptInvitation = async (transaction: Transaction, tokenHash: string): Promise<string | undefined> => {
  const [row] = await transaction.execute<{ id: string | null }>(
    sql`select identity.accept_invitation(${tokenHash}) ->> 'householdId' as id`,
  )
  return row?.id ?? undefined
}
