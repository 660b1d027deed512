import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mail } from '../lambdas/runtime/mail.ts'
import type { CodeDelivery } from './cognito/pool.ts'

/** The sender of every mail on a laptop, and the only one that the local SES server accepts. */
export const fromAddress = 'no-reply@nestegg.example'

const codeName = {
  'sign-up': 'confirmation code',
  'password-reset': 'password reset code',
  invitation: 'temporary password',
} as const satisfies Record<CodeDelivery['purpose'], string>

/** The mail for a message of the user pool. */
export const codeMail = ({ code, email, purpose }: CodeDelivery): Mail => ({
  to: email,
  subject: `Your ${codeName[purpose]}`,
  text: `Your ${codeName[purpose]} is ${code}`,
})

/** Stores a mail in a new file. Its name begins with the time. Only its owner can read it: mails contain codes and tokens. */
export const storeMail = (folder: string, { subject, text, to }: Mail): void => {
  const now = new Date()
  const headers = [
    `From: ${fromAddress}`,
    `To: ${to}`,
    `Date: ${now.toUTCString()}`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
  ]
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = `${now.toISOString().replaceAll(':', '-')}-${randomBytes(3).toString('hex')}.eml`
  writeFileSync(join(folder, name), [...headers, '', text, ''].join('\n'), { mode: 0o600 })
}

/** Removes every stored mail in which an address occurs. */
export const removeMails = (folder: string, address: string): void => {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (readFileSync(path, 'utf8').toLowerCase().includes(address.toLowerCase())) rmSync(path, { force: true })
  }
}

/** A mail as text for the terminal. */
export const describeMail = ({ subject, text, to }: Mail): string =>
  [`  Mail to ${to}: ${subject}`, ...text.split('\n').map(line => `    ${line}`), ''].join('\n')

/** Keeps the last mail to each address until it is taken. */
export const mailBox = () => {
  const mails = new Map<string, Mail>()
  const take = (address: string): Mail => {
    const mail = mails.get(address)
    if (!mail) throw new Error(`No mail was sent to ${address}.`)
    mails.delete(address)
    return mail
  }
  return {
    deliver: (mail: Mail): void => void mails.set(mail.to, mail),
    take,
    /** The six digits in the last mail to an address. */
    takeCode: (address: string): string => {
      const { text } = take(address)
      const code = /\b\d{6}\b/.exec(text)?.[0]
      if (code === undefined) throw new Error(`The mail to ${address} has no code: ${text}`)
      return code
    },
  }
}
