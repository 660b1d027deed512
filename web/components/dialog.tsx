import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { form as m } from '#messages/shell'

/**
 * A dialog over the page. The browser keeps the focus in it, closes it on Escape and gives the focus back. It exists only while it is
 * shown: the parent renders it or not. Without `onClose` it cannot be closed.
 */
export const Dialog = ({
  children,
  onClose,
  title,
}: {
  readonly title: string
  readonly onClose?: () => void
  readonly children: ReactNode
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Closed before it leaves the page: else the browser does not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // Not the button that closes it, which comes first.
    shown?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose?.()
      }}
    >
      <header className={styles['header']}>
        <h2 id={id}>{title}</h2>
        {onClose && <IconButton icon="close" label={m.close} onClick={onClose} />}
      </header>
      {children}
    </dialog>
  )
}
