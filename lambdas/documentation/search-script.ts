import { createHash } from 'node:crypto'
import { contentSecurityPolicy } from '../runtime/security-headers.ts'

/** Searches the page: shows the sections with every word, and their links. Without it, the page is complete but has no search. */
export const searchScript = `const input = document.getElementById('search')
const found = document.getElementById('found')
const sections = [...document.querySelectorAll('main section')].map(section => ({
  section,
  link: document.querySelector('nav a[href="#' + CSS.escape(section.id) + '"]'),
  text: [...section.children].filter(child => !child.classList.contains('examples')).map(child => child.textContent).join(' ').toLowerCase(),
}))
const show = () => {
  const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let routes = 0
  for (const { link, section, text } of sections) {
    section.hidden = !words.every(word => text.includes(word))
    if (!link) continue
    link.parentElement.hidden = section.hidden
    if (!section.hidden) routes += 1
  }
  for (const group of document.querySelectorAll('[data-group]')) group.hidden = !group.querySelector('section:not([hidden]), li:not([hidden])')
  for (const group of document.querySelectorAll('nav details')) group.open = words.length > 0
  found.textContent = words.length === 0 ? '' : routes + (routes === 1 ? ' route' : ' routes')
}
input.addEventListener('input', show)
addEventListener('hashchange', () => {
  const target = document.getElementById(location.hash.slice(1))
  if (!target || !target.hidden) return
  input.value = ''
  show()
  target.scrollIntoView()
})
document.getElementById('finder').hidden = false
show()
`

/** The policy of the page with the script: it allows this script and no other. */
export const documentationPolicy = `${contentSecurityPolicy}; script-src 'sha256-${createHash('sha256').update(searchScript).digest('base64')}'`
