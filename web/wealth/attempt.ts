import { showToast } from '../shell/toasts.ts'

/** Runs a change; if it fails, says so with these words and offers to repeat it. */
export const attempt = async (failed: string, change: () => Promise<unknown>): Promise<void> => {
  try {
    await change()
  } catch (error) {
    showToast({ kind: 'bad', text: failed, error, retry: () => void attempt(failed, change) })
  }
}
