import { ApiProblem } from '../client/problem.ts'
import { showToast } from './toasts.ts'
import * as m from '#messages/shell'

interface Change {
  readonly label: string
  readonly revert: () => Promise<unknown>
}

interface Versioned {
  readonly version: number
}

const changes: Change[] = []

/** What a person sees of a resource: neither its version, nor the moments at which the server touched it. */
const contentOf = (stored: Versioned): string =>
  JSON.stringify(stored, (name, value: unknown) => (/^version$|^rowVersion$|At$/.test(name) ? undefined : value))

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

/**
 * Says that a resource with versions was changed, and offers to revert it at the version that the change gave it. A later change that was
 * undone gave the resource another version: then it is read again, and reverted if it is again what this change has made of it.
 * @param after the resource after the change
 */
export const changedStored = <Stored extends Versioned>(
  label: string,
  after: Stored,
  read: () => Promise<Stored>,
  revert: (version: number) => Promise<unknown>,
): void =>
  changed(label, async () => {
    try {
      await revert(after.version)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error
      const now = await read()
      if (contentOf(now) !== contentOf(after)) throw error
      await revert(now.version)
    }
  })

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
