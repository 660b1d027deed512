import { ApiProblem } from '../client/problem.ts'
import { showToast } from './toasts.ts'
import * as m from '#messages/shell'

interface Change {
  readonly label: string
  readonly revert: () => Promise<unknown>
}

const changes: Change[] = []

/** Reverts the last change of this page with the inverse request. */
export const undo = async (): Promise<void> => {
  const change = changes.pop()
  if (!change) {
    showToast({ kind: 'info', text: m.undo.nothing })
    return
  }
  try {
    await change.revert()
    showToast({ kind: 'good', text: m.undo.done(change.label) })
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 412) showToast({ kind: 'bad', text: m.undo.changedSince(change.label) })
    else showToast({ kind: 'bad', text: m.undo.failed(change.label), error, retry: () => void undoOf(change) })
  }
}

const undoOf = (change: Change): Promise<void> => {
  changes.push(change)
  return undo()
}

/** Says that something was changed, and offers to revert it: by the button of the message, or by Ctrl-Z. */
export const changed = (label: string, revert: () => Promise<unknown>): void => {
  const change = { label, revert }
  changes.push(change)
  showToast({
    kind: 'good',
    text: label,
    action: {
      label: m.undo.undo,
      run: () => {
        const place = changes.lastIndexOf(change)
        if (place !== -1) changes.splice(place, 1)
        void undoOf(change)
      },
    },
  })
}
