import { flushSync } from 'react-dom'

/** Pixels between the margins of a printed page. */
export const printedWidth = 690

const media = () => matchMedia('print')

/** Whether the page is being printed. */
export const isPrinted = (): boolean => media().matches

/**
 * Calls when a page begins to be printed, and when it has been. The browser prints what is drawn when `update` and the state that it sets are
 * done: it observes no sizes meanwhile. Returns a function that ends it.
 */
export const onPrint = (update: () => void): (() => void) => {
  const listen = () => flushSync(update)
  const printing = media()
  printing.addEventListener('change', listen)
  return () => printing.removeEventListener('change', listen)
}
