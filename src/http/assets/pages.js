// Makes pages live: every page works without this file. It makes no markup from text; what it shows came from the server.

/** Lights up all words that support a label, and the label itself; `null` puts the lights out. */
function light(label) {
  for (const lit of document.querySelectorAll('.on')) lit.classList.remove('on')
  if (label === null) return
  for (const part of document.querySelectorAll('[data-labels]'))
    if (part.dataset.labels.split(' ').includes(label)) part.classList.add('on')
  document.querySelector(`[data-label="${CSS.escape(label)}"]`)?.classList.add('on')
}

/** Where a movement to a place is to be mended at its end. */
let moving = new AbortController()
const LONGEST_MS = 2000

/**
 * Goes to a place of this page as its link would, and moves no further than needed. The stylesheet says whether that is a movement
 * to see. Sections get their heights when they come near, so at its end the place is looked for once more, unless the reader goes on.
 */
function goTo(link) {
  const address = link.getAttribute('href')
  const place = document.getElementById(decodeURIComponent(address).slice(1))
  if (place === null) return
  history.pushState(null, '', address)
  place.tabIndex = -1
  place.focus({ preventScroll: true })
  const show = () => place.scrollIntoView({ block: 'nearest' })
  moving.abort()
  moving = new AbortController()
  const { signal } = moving
  for (const scrolls of [document, place.closest('.words')]) scrolls?.addEventListener('scrollend', show, { signal })
  for (const goesOn of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    addEventListener(goesOn, () => moving.abort(), { signal })
  setTimeout((started) => started.abort(), LONGEST_MS, moving)
  show()
}

/** A label lights its words and brings the first of them into sight. Words in the transcript do the same for their label. */
function startLabels() {
  let pinned = null
  const pin = (label) => {
    pinned = label
    light(label)
  }
  document.addEventListener('click', (event) => {
    const { target } = event
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const words = target.closest('[data-labels]')
    if (words !== null) {
      const labels = words.dataset.labels.split(' ')
      // Words that support several labels: each click goes on to the next.
      pin(labels[(labels.indexOf(pinned) + 1) % labels.length])
      if (words.localName === 'mark') document.getElementById(pinned)?.scrollIntoView({ block: 'nearest' })
      else {
        event.preventDefault()
        goTo(words)
      }
      return
    }
    const label = target.closest('[data-label]')
    if (label === null || target.closest('a:not(.choose), summary') !== null) return
    event.preventDefault()
    pin(pinned === label.dataset.label ? null : label.dataset.label)
    const choose = label.querySelector('.choose')
    if (pinned !== null && choose !== null) goTo(choose)
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') pin(null)
  })
  for (const label of document.querySelectorAll('[data-label]')) {
    label.addEventListener('mouseenter', () => pinned === null && light(label.dataset.label))
    label.addEventListener('mouseleave', () => pinned === null && light(null))
  }
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }

/** A lane of the timeline is one stop of the Tab key; arrow keys go from tick to tick. */
function startLanes() {
  for (const lane of document.querySelectorAll('.lane')) {
    const ticks = [...lane.querySelectorAll('a')]
    const stopAt = (stop) => {
      for (const tick of ticks) tick.setAttribute('tabindex', tick === stop ? '0' : '-1')
    }
    stopAt(ticks[0])
    lane.addEventListener('keydown', (event) => {
      const step = STEPS[event.key]
      const at = ticks.indexOf(document.activeElement)
      if (step === undefined || at === -1) return
      event.preventDefault()
      const next = ticks[Math.min(ticks.length - 1, Math.max(0, at + step))]
      stopAt(next)
      next.focus()
    })
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
      showMessage(null)
    } catch {
      showMessage('The server does not answer; trying again.')
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
    showMessage(message)
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
function showMessage(message) {
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
startLanes()
startKeeping()
const main = document.querySelector('main[data-follows]')
if (main !== null) follow(main)
