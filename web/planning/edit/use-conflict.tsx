import { type ReactNode, useState } from 'react'
import { ConflictDialog, type ConflictingField } from '../../components/conflict.tsx'

type Choice = 'mine' | 'theirs'

interface Question {
  readonly fields: readonly ConflictingField[]
  readonly answer: (choice: Choice) => void
}

/** Asks the person which of two versions stays. `ask` waits for the answer, and the form stays as it is until then. */
export const useConflict = (): { readonly ask: (fields: readonly ConflictingField[]) => Promise<Choice>; readonly dialog: ReactNode } => {
  const [question, setQuestion] = useState<Question>()
  const answer = (choice: Choice) => {
    question?.answer(choice)
    setQuestion(undefined)
  }
  return {
    ask: fields => new Promise(resolve => setQuestion({ fields, answer: resolve })),
    dialog: question && <ConflictDialog fields={question.fields} onKeepMine={() => answer('mine')} onTakeTheirs={() => answer('theirs')} />,
  }
}
