import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import styles from './table.module.css'
import { conflict as m } from '#messages/shell'

/** A field of a resource that two people changed at the same time. */
export interface ConflictingField {
  readonly label: string
  readonly yours: string
  readonly theirs: string
}

/** Shows both versions after a 412, and lets the person choose. What was typed stays until then. */
export const ConflictDialog = ({
  fields,
  onKeepMine,
  onTakeTheirs,
}: {
  readonly fields: readonly ConflictingField[]
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}) => (
  <Dialog title={m.title}>
    <p>{m.explain}</p>
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{m.field}</th>
            <th scope="col">{m.yours}</th>
            <th scope="col">{m.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ label, theirs, yours }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{yours}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    <p className={styles['actions']}>
      <Button kind="primary" onClick={onKeepMine}>
        {m.keepMine}
      </Button>
      <Button onClick={onTakeTheirs}>{m.takeTheirs}</Button>
    </p>
  </Dialog>
)

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
