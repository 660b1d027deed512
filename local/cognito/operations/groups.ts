import type { AdminListGroupsForUserResponse, CreateGroupResponse, GroupType } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { UserPoolError } from '../errors.ts'
import { adminOperation, adminUserOperation, text, type Wire } from '../operation.ts'
import type { UserPool } from '../pool.ts'
import type { Group } from '../state-file.ts'

const describeGroup = (pool: UserPool, group: Group): Wire<GroupType> => ({
  GroupName: group.name,
  UserPoolId: pool.poolId,
  Description: group.description,
  Precedence: group.precedence,
  CreationDate: group.createdAtMs / 1000,
  LastModifiedDate: group.updatedAtMs / 1000,
})

function assertGroup(pool: UserPool, name: string): void {
  if (!pool.directory.groups.some(group => group.name === name)) throw new UserPoolError('ResourceNotFoundException', 'Group not found.')
}

const createGroup = adminOperation(
  {
    GroupName: z.string().regex(/^\S{1,128}$/, 'Member must be 1 to 128 characters without spaces'),
    Description: z.string().max(2048).optional(),
    Precedence: z.int().min(0).optional(),
  },
  async (pool, { GroupName, Description, Precedence }): Promise<Wire<CreateGroupResponse>> => {
    if (pool.directory.groups.some(group => group.name === GroupName)) {
      throw new UserPoolError('GroupExistsException', 'A group with the name already exists.')
    }
    const group = await pool.directory.insertGroup({ name: GroupName, description: Description, precedence: Precedence })
    return { Group: describeGroup(pool, group) }
  },
)

/** Adds a user to a group; a second call changes nothing. Tokens contain the group from the next sign-in or refresh on. */
const adminAddUserToGroup = adminUserOperation({ GroupName: text }, async (pool, user, { GroupName }) => {
  assertGroup(pool, GroupName)
  if (!user.groups.includes(GroupName)) await pool.directory.update(user, { groups: [...user.groups, GroupName] })
  return {}
})

const adminRemoveUserFromGroup = adminUserOperation({ GroupName: text }, async (pool, user, { GroupName }) => {
  assertGroup(pool, GroupName)
  await pool.directory.update(user, { groups: user.groups.filter(name => name !== GroupName) })
  return {}
})

const adminListGroupsForUser = adminUserOperation({}, async (pool, user): Promise<Wire<AdminListGroupsForUserResponse>> => {
  const groups = pool.directory.groups.filter(group => user.groups.includes(group.name))
  return { Groups: groups.map(group => describeGroup(pool, group)) }
})

export const groupOperations = {
  CreateGroup: createGroup,
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminListGroupsForUser: adminListGroupsForUser,
}
