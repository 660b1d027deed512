import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AdminGetUserCommand, GetUserCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startUserPool } from '../../../local/cognito/server.ts'
import { credentials, openPool, password, refusal } from './harness.ts'

const email = 'ann@example.com'
let folder: string
let stateFile: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nestegg-user-pool-'))
  stateFile = join(folder, 'state', 'users.json')
})
afterEach(() => rm(folder, { recursive: true }))

describe('the state file', () => {
  test('keeps users, passwords, groups and authenticators over a restart, but no tokens', async () => {
    const first = await openPool({ stateFile })
    const username = await first.createUser(email)
    await first.addToNewGroup(email, 'advisors')
    const { AccessToken, RefreshToken } = (await first.signIn(email)).AuthenticationResult!
    const secret = await first.enrol(email)
    await first.close()

    const second = await openPool({ stateFile })
    second.advanceSeconds(30)
    const challenge = await second.signIn(email)
    expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    const answer = await second.answer('SOFTWARE_TOKEN_MFA', challenge.Session, {
      USERNAME: email,
      SOFTWARE_TOKEN_MFA_CODE: second.codeAt(secret),
    })
    const claims = decodeJwt(answer.AuthenticationResult!.AccessToken!)
    expect(claims).toMatchObject({ sub: username, 'cognito:groups': ['advisors'] })
    await expect(second.client.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject(refusal('NotAuthorizedException'))
    await expect(second.refresh(RefreshToken!)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Invalid Refresh Token'))
  })

  test('a code used before a restart is not accepted after it', async () => {
    const first = await openPool({ stateFile })
    await first.createUser(email)
    const secret = await first.enrol(email)
    const answer = async (pool: typeof first) =>
      pool.answer('SOFTWARE_TOKEN_MFA', (await pool.signIn(email)).Session, {
        USERNAME: email,
        SOFTWARE_TOKEN_MFA_CODE: first.codeAt(secret),
      })
    await answer(first)
    await first.close()
    const second = await openPool({ stateFile })
    second.advanceSeconds(30)
    await expect(answer(second)).rejects.toMatchObject(refusal('ExpiredCodeException'))
  })

  test('is readable by its owner only, contains no password, and leaves no drafts behind', async () => {
    const pool = await openPool({ stateFile })
    await pool.createUser(email)
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
    expect(await readFile(stateFile, 'utf8')).not.toContain(password)
    expect(await readdir(join(folder, 'state'))).toEqual(['users.json'])
    await pool.close()
    await chmod(stateFile, 0o644)
    await openPool({ stateFile })
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['truncated', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['another document', () => '{"users":{}}'],
    ['a user without a password', (text: string) => text.replace(/"passwordHash": "[^"]*",/, '')],
    ['a user with a field of a later version', (text: string) => text.replace('"enabled": true', '"enabled": true, "devices": []')],
  ])('if damaged (%s), is named in the error and not changed', async (_case, damage) => {
    const pool = await openPool({ stateFile })
    await pool.createUser(email)
    await pool.close()
    const damaged = damage(await readFile(stateFile, 'utf8'))
    await writeFile(stateFile, damaged)
    await expect(startUserPool({ credentials, stateFile })).rejects.toThrow(`The user pool's state file ${stateFile} is damaged`)
    expect(await readFile(stateFile, 'utf8')).toBe(damaged)
  })

  test('that cannot be read is named in the error', async () => {
    await expect(startUserPool({ credentials, stateFile: folder })).rejects.toThrow(`The user pool's state file ${folder} cannot be read`)
  })

  test('that cannot be written makes the change fail, and changes nothing', async () => {
    const pool = await openPool({ stateFile })
    await pool.createUser(email)
    await rm(join(folder, 'state'), { recursive: true })
    await writeFile(join(folder, 'state'), 'a file in the way')
    await expect(pool.createUser('bob@example.com')).rejects.toMatchObject(refusal('InternalErrorException'))
    expect((await pool.client.send(new ListUsersCommand({ UserPoolId: pool.UserPoolId }))).Users).toHaveLength(1)
    const ann = new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: email })
    expect((await pool.client.send(ann)).UserStatus).toBe('CONFIRMED')
  })
})
