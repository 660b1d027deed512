import { useState } from 'react'
import { ApiProblem } from '../client/problem.ts'
import { Button } from './button.tsx'
import styles from './problem.module.css'
import * as m from '#messages/shell'

/** The sentence that says what went wrong and what to do. */
export const explain = (error: unknown): string => {
  if (error instanceof ApiProblem) return error.message
  return error instanceof TypeError ? m.problem.offline : m.problem.unexpected
}

/** The id of a request, which an operator finds in the logs. */
export const RequestId = ({ error }: { readonly error: unknown }) => {
  const [copied, setCopied] = useState(false)
  const id = error instanceof ApiProblem ? error.problem.requestId : undefined
  if (id === undefined) return null
  const copy = () => navigator.clipboard.writeText(id).then(() => setCopied(true))
  return (
    <span className={styles['request']}>
      {m.problem.requestId} <code>{id}</code>{' '}
      <button type="button" className={styles['copy']} onClick={() => void copy()}>
        {copied ? m.problem.copied : m.problem.copy}
      </button>
    </span>
  )
}

/** A failure in the place where its result would be. */
export const Failure = ({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) => (
  <div role="alert" className={styles['failure']}>
    <p>
      <strong>{m.problem.title}.</strong> {explain(error)}
    </p>
    {error instanceof ApiProblem && error.problem.errors.length > 0 && (
      <ul>
        {error.problem.errors.map(({ message, path }) => (
          <li key={`${path} ${message}`}>
            <code>{path}</code> {message}
          </li>
        ))}
      </ul>
    )}
    <p className={styles['foot']}>
      {retry && <Button onClick={() => void retry()}>{m.problem.retry}</Button>}
      <RequestId error={error} />
    </p>
  </div>
)
