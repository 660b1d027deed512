import { useRef, useState } from 'react'

export interface Asking<Question, Answer> {
  /** The last answer, with the question that it belongs to. */
  readonly found: { readonly question: Question; readonly answer: Answer } | undefined
  readonly busy: boolean
  readonly failure: unknown
  readonly ask: (question: Question) => Promise<void>
  readonly retry: () => Promise<void>
}

/** A question that takes some seconds to answer. A newer question drops the older one. */
export const useAsk = <Question, Answer>(send: (question: Question, signal: AbortSignal) => Promise<Answer>): Asking<Question, Answer> => {
  const [found, setFound] = useState<{ readonly question: Question; readonly answer: Answer }>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const current = useRef<{ readonly controller: AbortController; readonly question: Question }>(undefined)
  const ask = async (question: Question): Promise<void> => {
    current.current?.controller.abort()
    const mine = { controller: new AbortController(), question }
    current.current = mine
    setBusy(true)
    setFailure(undefined)
    try {
      const answer = await send(question, mine.controller.signal)
      if (current.current === mine) setFound({ question, answer })
    } catch (error) {
      if (current.current === mine) setFailure(error)
    } finally {
      if (current.current === mine) setBusy(false)
    }
  }
  return { found, busy, failure, ask, retry: () => (current.current ? ask(current.current.question) : Promise.resolve()) }
}
