import { createStore } from './store.ts'

export interface Toast {
  readonly id: number
  readonly kind: 'good' | 'info' | 'bad'
  readonly text: string
  /** Why it failed: shown with the id of the request. */
  readonly error?: unknown
  /** Sends the same request again, with the same Idempotency-Key. */
  readonly retry?: () => void
  readonly action?: { readonly label: string; readonly run: () => void }
}

export const toasts = createStore<readonly Toast[]>([])

let lastId = 0
/** Long enough to read a sentence and to reach the button. A failure stays until it is closed. */
const shownMilliseconds = 8000

export const closeToast = (id: number): void => toasts.set(shown => shown.filter(toast => toast.id !== id))

/** Shows a message at the edge of the page. At most four are shown at a time. */
export const showToast = (toast: Omit<Toast, 'id'>): void => {
  const id = ++lastId
  toasts.set(shown => [...shown.slice(-3), { ...toast, id }])
  if (toast.kind !== 'bad') setTimeout(() => closeToast(id), shownMilliseconds)
}
