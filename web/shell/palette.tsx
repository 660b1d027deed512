import { type KeyboardEvent, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { Dialog } from '../components/dialog.tsx'
import { useApi } from './api.ts'
import styles from './palette.module.css'
import { chooseTheme } from './choose-theme.ts'
import { privacyMode } from './preferences.ts'
import { signOutHere } from './sign-out.ts'
import { useVisiblePages } from './visible-pages.ts'
import * as m from '#messages/shell'

interface Command {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly run: () => void
}

const matches = (label: string, words: readonly string[]): boolean => {
  const text = label.toLocaleLowerCase()
  return words.every(word => text.includes(word))
}

/** The pages, the plans and the actions that a person can find by name. */
const useCommands = (): readonly Command[] => {
  const [, navigate] = useLocation()
  const visible = useVisiblePages()
  const { data: plans } = useApi('GET /v1/planning/plans', { query: { limit: 100, sort: '-updatedAt' } })
  const go = (id: string, label: string, path: string): Command => ({ id, label, hint: m.palette.go, run: () => navigate(path) })
  const act = (id: string, label: string, run: () => void): Command => ({ id, label, hint: m.palette.actions, run })
  return [
    ...visible.filter(page => !page.path.includes(':')).map(page => go(page.path, page.title, page.path)),
    ...(plans?.items ?? []).map(plan => go(plan.id, plan.name, `/plans/${plan.id}`)),
    ...(['light', 'dark', 'system'] as const).map(theme => act(theme, m.palette.theme[theme], () => void chooseTheme(theme))),
    act('privacy', m.palette.privacy(privacyMode.get()), () => privacyMode.set(!privacyMode.get())),
    act('sign-out', m.palette.signOut, () => void signOutHere()),
  ]
}

/** Search by name, with the keyboard alone: arrows choose, Enter does it. */
export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const base = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const found = useCommands()
    .filter(({ label }) => matches(label, words))
    .slice(0, 30)
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen(index => (index + step + found.length) % Math.max(found.length, 1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(found[chosen])
    }
  }
  return (
    <Dialog title={m.palette.open} onClose={onClose}>
      <input
        className={styles['input']}
        type="search"
        role="combobox"
        aria-label={m.palette.open}
        aria-expanded="true"
        aria-controls={`${base}-list`}
        aria-activedescendant={found[chosen] ? `${base}-${chosen}` : undefined}
        placeholder={m.palette.placeholder}
        value={text}
        onKeyDown={onKey}
        onChange={event => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
      />
      <ul id={`${base}-list`} role="listbox" aria-label={m.palette.open} className={styles['list']}>
        {found.map((command, index) => (
          // The field has the focus, and its keys choose an option.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={command.id}
            id={`${base}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(command)}
            onMouseMove={() => setChosen(index)}
          >
            <span>{command.label}</span>
            <small>{command.hint}</small>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p>{m.palette.none}</p>}
    </Dialog>
  )
}
