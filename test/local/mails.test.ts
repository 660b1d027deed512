import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendMail } from '../../lambdas/runtime/mail.ts'
import { codeMail, describeMail, mailBox } from '../../local/mails.ts'
import { type Services, startServices } from '../../local/services.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const mail = { to: 'ann@example.com', subject: 'Hello', text: 'One\nTwo' }

describe('the mails of a laptop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-mails-'))
  const mailFolder = join(folder, 'mails')
  const mails = mailBox()
  let database: TestDatabase
  let services: Services
  beforeAll(async () => {
    database = await createTestDatabase()
    services = await startServices({ location: database.location, password: '', mailFolder, deliverMail: mails.deliver })
  })
  afterAll(async () => {
    await services.close()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const stored = () => readdirSync(mailFolder).toSorted()

  it('are stored and shown the same way, whether handlers or the user pool send them', async () => {
    await sendMail(mail)
    expect(mails.take('ann@example.com')).toEqual(mail)
    const account = { email: 'bob@example.com', password: 'Correct-Horse-9' }
    const response = await fetch(`${services.url}/v1/identity/sign-ups`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    })
    expect(response.status).toBe(202)
    const code = mails.takeCode('bob@example.com')

    const texts = stored().map(name => readFileSync(join(mailFolder, name), 'utf8'))
    expect(texts).toEqual([
      expect.stringMatching(/^From: no-reply@nestegg\.example\nTo: ann@example\.com\nDate: .+ GMT\nSubject: Hello\n(.+\n){2}\nOne\nTwo\n$/),
      expect.stringContaining(`To: bob@example.com\n`),
    ])
    expect(texts[1]).toContain(`\nSubject: Your confirmation code\n`)
    expect(texts[1]?.endsWith(`\n\nYour confirmation code is ${code}\n`)).toBe(true)
    expect(stored().map(name => statSync(join(mailFolder, name)).mode & 0o777)).toEqual([0o600, 0o600])
  })
})

it('the mails of the user pool name the purpose of their code', () => {
  const purposes = ['sign-up', 'password-reset', 'invitation'] as const
  expect(purposes.map(purpose => codeMail({ email: 'ann@example.com', code: '012345', purpose }))).toEqual([
    { to: 'ann@example.com', subject: 'Your confirmation code', text: 'Your confirmation code is 012345' },
    { to: 'ann@example.com', subject: 'Your password reset code', text: 'Your password reset code is 012345' },
    { to: 'ann@example.com', subject: 'Your temporary password', text: 'Your temporary password is 012345' },
  ])
})

it('a mail is shown with its recipient, its subject and its complete text', () => {
  expect(describeMail(mail)).toBe('  Mail to ann@example.com: Hello\n    One\n    Two\n')
})

describe('a mail box', () => {
  it('keeps the last mail to each address until it is taken', () => {
    const mails = mailBox()
    mails.deliver(mail)
    mails.deliver({ ...mail, text: 'Three 123456' })
    mails.deliver({ ...mail, to: 'bob@example.com' })
    expect(mails.takeCode('ann@example.com')).toBe('123456')
    expect(() => mails.take('ann@example.com')).toThrow('No mail was sent to ann@example.com.')
    expect(() => mails.takeCode('bob@example.com')).toThrow('The mail to bob@example.com has no code: One\nTwo')
  })
})
