import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Dialog } from '../components/dialog.tsx'
import { privacyMode } from './preferences.ts'
import styles from './shortcuts.module.css'
import { undo } from './undo.ts'
import { useVisiblePages } from './visible-pages.ts'
import * as m from '#messages/shell'

type Overlay = 'palette' | 'help' | undefined

/** Keys that a person types into a field belong to the field. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Milliseconds in which the second key of `g p` must follow. */
const secondKeyMilliseconds = 1500

/** The keys of every page: Ctrl-K, Ctrl-Z, `?`, `h`, and `g` with the key of a page. */
export const useShortcuts = () => {
  const [overlay, setOverlay] = useState<Overlay>()
  const [, navigate] = useLocation()
  const visible = useVisiblePages()
  const wentAt = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      const control = event.ctrlKey || event.metaKey
      if (control && key === 'k') {
        event.preventDefault()
        setOverlay(shown => (shown === 'palette' ? undefined : 'palette'))
        return
      }
      if (isTyping(event.target) || event.altKey || document.querySelector('dialog[open]')) return
      if (control && key === 'z' && !event.shiftKey) {
        event.preventDefault()
        void undo()
        return
      }
      if (control) return
      const target = event.timeStamp - wentAt.current < secondKeyMilliseconds ? visible.find(page => page.shortcut === key) : undefined
      wentAt.current = key === 'g' && !target ? event.timeStamp : 0
      if (target) navigate(target.path)
      else if (event.key === '?') setOverlay('help')
      else if (key === 'h') privacyMode.set(hidden => !hidden)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [navigate, visible])
  return { overlay, show: setOverlay, closeOverlay: () => setOverlay(undefined) }
}

const Keys = ({ keys }: { readonly keys: readonly string[] }) => (
  <>
    {keys.map(key => (
      <kbd key={key}>{key}</kbd>
    ))}
  </>
)

/** The list that `?` shows. */
export const ShortcutList = ({ onClose }: { readonly onClose: () => void }) => {
  const visible = useVisiblePages()
  const all: readonly (readonly [readonly string[], string])[] = [
    [['Ctrl', 'K'], m.shortcuts.palette],
    [['Ctrl', 'Z'], m.shortcuts.undo],
    [['?'], m.shortcuts.help],
    [['h'], m.shortcuts.privacy],
    ...visible.flatMap(({ shortcut, title }) => (shortcut === undefined ? [] : [[['g', shortcut], m.shortcuts.goTo(title)] as const])),
  ]
  return (
    <Dialog title={m.shortcuts.title} onClose={onClose}>
      <dl className={styles['list']}>
        {all.map(([keys, words]) => (
          <div key={words}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
