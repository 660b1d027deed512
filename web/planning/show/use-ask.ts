import { useRef, useState } from 'react'

export interface Asking<Question, Answer> {
  /** The last answer, with the question that it belongs to. */
  readonly found: { readonly question: Question; readonly answer: Answer } | undefined
  readonly busy: boolean
  /** @throws what the request throws: the form shows it. */
  readonly ask: (question: Question) => Promise<void>
}

/** A question that takes some seconds to answer. A newer question drops the older one. */
export const useAsk = <Question, Answer>(send: (question: Question, signal: AbortSignal) => Promise<Answer>): Asking<Question, Answer> => {
  const [found, setFound] = useState<{ readonly question: Question; readonly answer: Answer }>()
  const [busy, setBusy] = useState(false)
  const current = useRef<AbortController>(undefined)
  const ask = async (question: Question): Promise<void> => {
    current.current?.abort()
    const mine = new AbortController()
    current.current = mine
    setBusy(true)
    try {
      const answer = await send(question, mine.signal)
      if (current.current === mine) setFound({ question, answer })
    } catch (error) {
      setFound(undefined)
      if (current.current === mine) throw error
    } finally {
      if (current.current === mine) setBusy(false)
    }
  }
  return { found, busy, ask }
}
