-- A job that was taken with a ticket has ended. The ticket may have come back meanwhile, to another worker that took another job with it:
-- that one stays noted, or nobody would give it back should its worker die.
-- KEYS[1]  string: the job that was taken with the ticket
-- ARGV[1]  `<stalls> <id>` of the job that has ended
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
