import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminAddUserToGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  GetUserCommand,
  ListUsersCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { openPool, otherPassword, password, refusal, wrongCredentials } from './harness.ts'

const email = 'ann@example.com'
const noSuchUser = refusal('UserNotFoundException', 'User does not exist.')

describe('AdminCreateUser', () => {
  test('without SUPPRESS mails a temporary password that meets the policy', async () => {
    const pool = await openPool()
    const { User } = await pool.client.send(new AdminCreateUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true, UserCreateDate: new Date(pool.nowMs()) })
    expect(pool.outbox).toEqual([{ email, code: expect.any(String), purpose: 'invitation' }])
    expect((await pool.signIn(email, pool.lastCode())).ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  })

  test('with SUPPRESS mails nothing; email_verified "false" is false', async () => {
    const pool = await openPool()
    const UserAttributes = [
      { Name: 'email_verified', Value: 'false' },
      { Name: 'family_name', Value: 'Archer' },
    ]
    const create = { UserPoolId: pool.UserPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' } as const
    const { User } = await pool.client.send(new AdminCreateUserCommand(create))
    expect(User!.Attributes).toContainEqual({ Name: 'email_verified', Value: 'false' })
    expect(User!.Attributes).toContainEqual({ Name: 'family_name', Value: 'Archer' })
    expect(pool.outbox).toEqual([])
  })

  test('refuses a taken address, a weak password, an unknown attribute and a name that is not an email address', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const create = (Username: string, more: object = {}) =>
      pool.client.send(new AdminCreateUserCommand({ UserPoolId: pool.UserPoolId, Username, MessageAction: 'SUPPRESS', ...more }))
    await expect(create('ANN@example.com')).rejects.toMatchObject(refusal('UsernameExistsException'))
    await expect(create('bob@example.com', { TemporaryPassword: 'weak' })).rejects.toMatchObject(refusal('InvalidPasswordException'))
    const foreign = { UserAttributes: [{ Name: 'custom:tier', Value: 'gold' }] }
    await expect(create('bob@example.com', foreign)).rejects.toMatchObject(refusal('InvalidParameterException', /custom:tier/))
    await expect(create('bob')).rejects.toMatchObject(refusal('InvalidParameterException', 'Username should be an email.'))
  })
})

describe('administration of users', () => {
  test('an unknown user gets UserNotFoundException', async () => {
    const pool = await openPool()
    const command = new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: 'nobody@example.com' })
    await expect(pool.client.send(command)).rejects.toMatchObject(noSuchUser)
  })

  test('AdminSetUserPassword sets a permanent or a temporary password within the policy', async () => {
    const pool = await openPool()
    const name = { UserPoolId: pool.UserPoolId, Username: await pool.createUser(email) }
    const set = (Password: string, Permanent: boolean) =>
      pool.client.send(new AdminSetUserPasswordCommand({ ...name, Password, Permanent }))
    await expect(set('weak', true)).rejects.toMatchObject(refusal('InvalidPasswordException'))
    await set(otherPassword, true)
    await expect(pool.signIn(email, password)).rejects.toMatchObject(wrongCredentials)
    expect((await pool.signIn(email, otherPassword)).AuthenticationResult).toBeDefined()
    await set(password, false)
    expect((await pool.signIn(email, password)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  })

  test('AdminConfirmSignUp confirms the user and leaves the address unverified', async () => {
    const pool = await openPool()
    await pool.client.send(new SignUpCommand({ ClientId: pool.ClientId, Username: email, Password: password }))
    const name = { UserPoolId: pool.UserPoolId, Username: email }
    await pool.client.send(new AdminConfirmSignUpCommand(name))
    const user = await pool.client.send(new AdminGetUserCommand(name))
    expect(user.UserStatus).toBe('CONFIRMED')
    expect(user.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' })
    await expect(pool.client.send(new AdminConfirmSignUpCommand(name))).rejects.toMatchObject(refusal('NotAuthorizedException'))
  })

  test('AdminUpdateUserAttributes changes the address, unverified, and never to a taken one; the sub stays', async () => {
    const pool = await openPool()
    const Username = await pool.createUser(email)
    await pool.createUser('bob@example.com')
    const update = (Name: string, Value: string) =>
      pool.client.send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool.UserPoolId, Username, UserAttributes: [{ Name, Value }] }))
    await expect(update('email', 'BOB@example.com')).rejects.toMatchObject(refusal('AliasExistsException'))
    await expect(update('sub', 'x')).rejects.toMatchObject(refusal('InvalidParameterException', /sub/))
    await update('email', 'anna@example.com')
    const user = await pool.client.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: 'anna@example.com' }))
    expect(user.Username).toBe(Username)
    expect(user.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' })
    await expect(pool.signIn(email)).rejects.toMatchObject(wrongCredentials)
    expect((await pool.signIn('anna@example.com')).AuthenticationResult).toBeDefined()
  })
})

describe('a user’s own attributes', () => {
  test('are name parts; a blank value removes one; others may not be written', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { AccessToken } = (await pool.signIn(email)).AuthenticationResult!
    const update = (Name: string, Value: string) =>
      pool.client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }))
    const attributes = async () => (await pool.client.send(new GetUserCommand({ AccessToken }))).UserAttributes!
    pool.advanceSeconds(10)
    await update('name', 'Ann Archer')
    expect(await attributes()).toContainEqual({ Name: 'name', Value: 'Ann Archer' })
    const user = await pool.client.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))
    expect(user.UserLastModifiedDate).toEqual(new Date(pool.nowMs()))
    await update('name', '')
    expect((await attributes()).map(({ Name }) => Name)).toEqual(['sub', 'email', 'email_verified'])
    for (const name of ['email', 'email_verified', 'sub', 'custom:role', 'cognito:groups']) {
      await expect(update(name, 'true')).rejects.toMatchObject(refusal('NotAuthorizedException'))
    }
  })
})

describe('groups', () => {
  test('are created once, joined and left', async () => {
    const pool = await openPool()
    const name = { UserPoolId: pool.UserPoolId, Username: await pool.createUser(email) }
    const create = new CreateGroupCommand({ UserPoolId: pool.UserPoolId, GroupName: 'advisors', Description: 'Advise', Precedence: 1 })
    expect((await pool.client.send(create)).Group).toMatchObject({ GroupName: 'advisors', Description: 'Advise', Precedence: 1 })
    await expect(pool.client.send(create)).rejects.toMatchObject(refusal('GroupExistsException'))
    const join = new AdminAddUserToGroupCommand({ ...name, GroupName: 'advisors' })
    await pool.client.send(join)
    await pool.client.send(join)
    const list = async () => (await pool.client.send(new AdminListGroupsForUserCommand(name))).Groups!.map(group => group.GroupName)
    expect(await list()).toEqual(['advisors'])
    expect(decodeJwt((await pool.signIn(email)).AuthenticationResult!.IdToken!)['cognito:groups']).toEqual(['advisors'])
    await pool.client.send(new AdminRemoveUserFromGroupCommand({ ...name, GroupName: 'advisors' }))
    expect(await list()).toEqual([])
  })

  test('that do not exist cannot be joined, and unknown users join none', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const join = (Username: string, GroupName: string) =>
      pool.client.send(new AdminAddUserToGroupCommand({ UserPoolId: pool.UserPoolId, Username, GroupName }))
    await expect(join(email, 'none')).rejects.toMatchObject(refusal('ResourceNotFoundException', 'Group not found.'))
    await expect(join('nobody@example.com', 'none')).rejects.toMatchObject(noSuchUser)
  })
})

describe('ListUsers', () => {
  test('filters by email in any case and by sub, and refuses other filters', async () => {
    const pool = await openPool()
    const ann = await pool.createUser(email)
    const bob = await pool.createUser('bob@example.com')
    const list = async (Filter: string) =>
      (await pool.client.send(new ListUsersCommand({ UserPoolId: pool.UserPoolId, Filter }))).Users!.map(user => user.Username)
    expect(await list('email = "Ann@example.com"')).toEqual([ann])
    expect(await list(`sub = "${bob}"`)).toEqual([bob])
    expect(await list('email = "nobody@example.com"')).toEqual([])
    expect(await list('email = "a\\" or \\"b"')).toEqual([])
    for (const filter of ['email = "a" or sub = "b"', 'email ^= "a"', 'name = "Ann"', 'email = ann']) {
      await expect(list(filter)).rejects.toMatchObject(refusal('InvalidParameterException', /Filter/))
    }
  })

  test('returns pages', async () => {
    const pool = await openPool()
    const names = [await pool.createUser(email), await pool.createUser('bob@example.com'), await pool.createUser('cid@example.com')]
    const page = (PaginationToken?: string) =>
      pool.client.send(new ListUsersCommand({ UserPoolId: pool.UserPoolId, Limit: 2, PaginationToken }))
    const first = await page()
    const second = await page(first.PaginationToken)
    expect([...first.Users!, ...second.Users!].map(user => user.Username)).toEqual(names)
    expect(second.PaginationToken).toBeUndefined()
    await expect(page('bogus')).rejects.toMatchObject(refusal('InvalidParameterException', /PaginationToken/))
  })
})
