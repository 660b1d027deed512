import type { LinkToken } from './bank.ts'
import { institutions } from './sample.ts'

const escape = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

const frame = (content: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Connect a bank</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem}button{display:block;width:100%;padding:.75rem;margin:.5rem 0;font:inherit}</style>
${content}</html>`

/** The page of Hosted Link: the person chooses an institution, signs in again, or leaves. Nothing is asked for, as these banks do not exist. */
export const linkPage = ({ state, updates }: LinkToken): string => {
  if (state === 'finished') return frame('<h1>Connected</h1><p>You can close this page.</p>')
  const choices =
    updates === null
      ? Object.entries(institutions).map(([id, name]) => `<button name="institution" value="${escape(id)}">${escape(name)}</button>`)
      : ['<button name="institution" value="">Sign in again</button>']
  return frame(
    `<h1>Connect a bank</h1><p>A stand-in for Plaid on this machine. These institutions do not exist.</p><form method="post">${choices.join('')}<button name="leave" value="yes">Leave</button></form>`,
  )
}
