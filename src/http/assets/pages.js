// Makes pages live: every page works without this file. It makes no markup from text; what it shows came from the server.

/** Lights up all words that support a label, and the label itself; `null` puts the lights out. */
function light(label) {
  for (const lit of document.querySelectorAll('.on')) lit.classList.remove('on')
  if (label === null) return
  for (const part of document.querySelectorAll('[data-labels]'))
    if (part.dataset.labels.split(' ').includes(label)) part.classList.add('on')
  document.querySelector(`[data-label="${CSS.escape(label)}"]`)?.classList.add('on')
}

/** Where the transcript scrolls by itself, beside the labels, the first of the lit words come into sight there. */
function showLit() {
  const words = document.querySelector('.words')
  const lit = words?.querySelector('mark.on')
  if (!lit || words.scrollHeight <= words.clientHeight) return
  const [place, around] = [lit.getBoundingClientRect(), words.getBoundingClientRect()]
  if (place.top < around.top || place.bottom > around.bottom)
    words.scrollTop += place.top - around.top - words.clientHeight / 3
}

/** A label lights its quotes; words in the transcript light the label that they support, and bring it into sight. */
function startLabels() {
  let pinned = null
  const pin = (label) => {
    pinned = label
    light(label)
  }
  document.addEventListener('click', ({ target }) => {
    const words = target.closest('[data-labels]')
    if (words !== null) {
      const labels = words.dataset.labels.split(' ')
      // Words that support several labels: each click goes on to the next.
      pin(labels[(labels.indexOf(pinned) + 1) % labels.length])
      if (words.localName === 'mark') document.getElementById(pinned)?.scrollIntoView({ block: 'nearest' })
      return
    }
    const label = target.closest('[data-label]')
    if (label === null || target.closest('a, summary') !== null) return
    pin(pinned === label.dataset.label ? null : label.dataset.label)
    showLit()
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') pin(null)
  })
  for (const label of document.querySelectorAll('[data-label]')) {
    label.addEventListener('mouseenter', () => pinned === null && light(label.dataset.label))
    label.addEventListener('mouseleave', () => pinned === null && light(null))
  }
}

/** Whoever decides once decides again: the name is kept in this browser. */
function startKeeping() {
  for (const field of document.querySelectorAll('[data-keep]')) {
    const key = `linernotes:${field.dataset.keep}`
    if (field.value === '') field.value = localStorage.getItem(key) ?? ''
    field.form?.addEventListener('submit', () => localStorage.setItem(key, field.value))
  }
}

/** The page as it is now, parsed and not executed. */
function load(url) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.responseType = 'document'
    request.setRequestHeader('accept', 'text/html')
    request.onload = () => done({ status: request.status, page: request.responseXML })
    request.onerror = () => fail(new Error('the server does not answer'))
    request.send()
  })
}

const PAUSE_MS = 700
const RETRY_MS = 3000

/** Follows a run that is under way: parts of the page are replaced as it goes on, until it ends or is gone. */
function follow(main) {
  const run = main.dataset.follows
  let events = null
  let timer = null
  let busy = false
  let again = false

  const soon = (ms) => {
    timer ??= setTimeout(refresh, ms)
  }
  async function refresh() {
    timer = null
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      const { status, page } = await load(location.pathname)
      if (status === 404) return end('This run has been deleted. What is shown here is the last that was known of it.')
      if (status === 200 && page !== null) {
        replaceParts(page)
        if (page.querySelector('main').dataset.follows === undefined) return end(null)
      }
      said(null)
    } catch {
      said('The server does not answer; trying again.')
    } finally {
      busy = false
    }
    soon(again || events?.readyState === EventSource.OPEN ? PAUSE_MS * 4 : RETRY_MS)
    again = false
  }
  function end(message) {
    events?.close()
    clearTimeout(timer)
    timer = -1
    delete main.dataset.follows
    said(message)
  }

  soon(PAUSE_MS)
  events = new EventSource(`/v1/runs/${encodeURIComponent(run)}/events`)
  // Whatever the event says, the page shows what the server makes of it.
  for (const name of ['run', 'step', 'exchange', 'rejected', 'end'])
    events.addEventListener(name, () => {
      if (timer === -1) return
      clearTimeout(timer)
      timer = null
      soon(PAUSE_MS)
    })
  // A stream that cannot be had is done without: the page is loaded again from time to time.
  events.addEventListener('error', () => events.readyState === EventSource.CLOSED && timer !== -1 && soon(RETRY_MS))
}

function replaceParts(page) {
  for (const part of document.querySelectorAll('[data-part]')) {
    const now = page.querySelector(`[data-part="${part.dataset.part}"]`)
    if (now === null) part.remove()
    else if (!part.contains(document.activeElement)) part.replaceWith(document.adoptNode(now))
  }
}

/** One line at the top of the page; `null` takes it away. */
function said(message) {
  let line = document.getElementById('said')
  if (message === null) return line?.remove()
  if (line === null) {
    line = document.createElement('p')
    line.id = 'said'
    line.className = 'notice warn'
    line.setAttribute('role', 'status')
    document.querySelector('main').prepend(line)
  }
  line.textContent = message
}

startLabels()
startKeeping()
const main = document.querySelector('main[data-follows]')
if (main !== null) follow(main)
