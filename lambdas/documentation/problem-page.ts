import { type ProblemCode, problemCodes, problems, problemType } from '../runtime/problem-codes.ts'
import { escape, pageOf } from './html.ts'

const page = (title: string, content: string) => pageOf(title, `<main><h1>${escape(title)}</h1>${content}</main>`)

const entry = (code: ProblemCode) => {
  const { status, title } = problems[code]
  return `<li><a href="${problemType(code)}"><code>${code}</code></a> <b>${status}</b> ${escape(title)}</li>`
}

/** The index of all problems, by status. */
export const problemIndexPage = (): string =>
  page(
    'Problems',
    `<p>Each code is the end of <code>type</code> in a problem document (RFC 9457). <a href="/docs">The API</a></p>
<ul>${problemCodes.map(entry).join('')}</ul>`,
  )

/** The page of one problem: its meaning, and what a client can do. */
export const problemPage = (code: ProblemCode): string => {
  const { description, status, title } = problems[code]
  return page(
    title,
    `<p><code>${code}</code> <b>${status}</b></p><p>${escape(description)}</p><p><a href="/problems">All problems</a> · <a href="/docs">The API</a></p>`,
  )
}
