'use strict';

const timers = require('node:timers/promises');

/** Makes waits of handlers that are loaded from now on take no time: the clock jumps. Returns how many seconds they waited. */
function jumpingClock(t) {
  const { setTimeout } = timers;
  const { now } = Date;
  let waited = 0;
  timers.setTimeout = async (milliseconds) => {
    waited += milliseconds;
  };
  const begin = now();
  Date.now = () => begin + waited;
  t.after(() => {
    timers.setTimeout = setTimeout;
    Date.now = now;
  });
  return () => waited / 1000;
}

module.exports = { jumpingClock };
