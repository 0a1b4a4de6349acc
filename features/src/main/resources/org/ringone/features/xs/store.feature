@XS @ordinary
Feature: The store

  A domain asks the store over a page with two rings. A message is a header of type, request number, transaction and length, and that
  many bytes; texts in it end with a NUL, which is shown as a bar. Relative names are below the domain's home, /local/domain/DOMID.

  @XS-01
  Rule: Every request is answered by a message of its type, or by an error, with its number

    Scenario Outline: <case> <type> <payload>
      When the guest asks the store to <type> "<payload>"
      Then it answers "<answer>"

      Examples: what every domain finds
        | case    | type                 | payload                      | answer               |
        | XS-01.a | READ                 | domid\|                      | DOMID                |
        | XS-01.b | READ                 | /local/domain/DOMID/domid\|  | DOMID                |
        | XS-01.c | GET_DOMAIN_PATH      | DOMID\|                      | /local/domain/DOMID\| |
        | XS-01.d | GET_DOMAIN_PATH      | 0\|                          | /local/domain/0\|    |
        | XS-01.e | IS_DOMAIN_INTRODUCED | DOMID\|                      | T\|                  |

    Scenario Outline: <case> <type> <payload> gives the error <error>
      When the guest asks the store to <type> "<payload>"
      Then it answers with the error <error>
      When the guest asks the store to READ "domid|"
      Then it answers "DOMID"

      Examples: what is not there
        | case    | type      | payload         | error  |
        | XS-01.f | READ      | nothing\|       | ENOENT |
        | XS-01.g | DIRECTORY | nothing/below\| | ENOENT |
        | XS-01.h | GET_PERMS | nothing\|       | ENOENT |
        | XS-01.i | UNWATCH   | name\|token\|   | ENOENT |

      Examples: names that are none, texts that do not end
        | case    | type      | payload   | error  |
        | XS-01.j | READ      | domid     | EINVAL |
        | XS-01.k | READ      |           | EINVAL |
        | XS-01.l | READ      | a//b\|    | EINVAL |
        | XS-01.m | READ      | a/\|      | EINVAL |
        | XS-01.n | READ      | a b\|     | EINVAL |
        | XS-01.o | WRITE     | a         | EINVAL |
        | XS-01.p | WATCH     | a\|       | EINVAL |

    Scenario Outline: <case> type <type> is no request
      When the guest asks the store with type <type> and <length> bytes
      Then it answers with the error EINVAL
      When the guest asks the store to READ "domid|"
      Then it answers "DOMID"

      Examples:
        | case    | type       | length |
        | XS-01.q | 100        | 0      |
        | XS-01.r | 2147483647 | 7      |

  @XS-02
  Rule: What is written is read again, and named where it lies

    Scenario Outline: <case> a value is kept: <what>
      Given the store has been asked to WRITE "data/value|<value>"
      When the guest asks the store to READ "data/value|"
      Then it answers "<value>"
      When the guest asks the store to READ "/local/domain/DOMID/data/value|"
      Then it answers "<value>"

      Examples:
        | case    | what               | value     |
        | XS-02.a | a text             | some text |
        | XS-02.b | nothing            |           |
        | XS-02.c | bytes with a NUL   | a\|b\|    |

    Scenario: XS-02.d a value takes the place of the one before
      Given the store has been asked to WRITE "data/value|longer than the next"
      And the store has been asked to WRITE "data/value|short"
      When the guest asks the store to READ "data/value|"
      Then it answers "short"

    Scenario: XS-02.e writing makes the nodes on the way, and a directory names what is below
      Given the store has been asked to WRITE "data/one/two|x"
      And the store has been asked to MKDIR "data/three|"
      When the guest asks the store to DIRECTORY "data|"
      Then it answers "one|three|"
      When the guest asks the store to READ "data/one|"
      Then it answers ""

    Scenario: XS-02.f making a directory that is there changes nothing in it
      Given the store has been asked to WRITE "data/one|x"
      And the store has been asked to MKDIR "data/one|"
      When the guest asks the store to READ "data/one|"
      Then it answers "x"

    Scenario: XS-02.g what is removed is gone with all below, and nothing beside it
      Given the store has been asked to WRITE "data/one/two|x"
      And the store has been asked to WRITE "data/oner|y"
      And the store has been asked to RM "data/one|"
      When the guest asks the store to READ "data/one/two|"
      Then it answers with the error ENOENT
      When the guest asks the store to READ "data/one|"
      Then it answers with the error ENOENT
      When the guest asks the store to READ "data/oner|"
      Then it answers "y"

  @XS-03
  Rule: A node is its owner's, who says what others may do with it

    Scenario: XS-03.a what a domain makes is its own
      Given the store has been asked to WRITE "data/value|x"
      When the guest asks the store to GET_PERMS "data/value|"
      Then it answers "nDOMID|"

    Scenario Outline: <case> <type> <payload> is not the domain's to do
      When the guest asks the store to <type> "<payload>"
      Then it answers with the error EACCES

      Examples: outside its home
        | case    | type      | payload                     |
        | XS-03.b | WRITE     | /local/domain/0/value\|x    |
        | XS-03.c | WRITE     | /value\|x                   |
        | XS-03.d | MKDIR     | /local/domain/value\|       |
        | XS-03.e | RM        | /local\|                    |
        | XS-03.f | SET_PERMS | /local\|nDOMID\|            |

    Scenario: XS-03.g another domain reads what is given to it to read, and no more
      Given a second domain
      And the store has been asked to WRITE "data/open|x"
      And the store has been asked to WRITE "data/closed|y"
      And the first domain lets all others "r" the node "data/open"
      When from here on the guest is the second domain
      And the guest asks the store to READ the node "data/open" of the first domain
      Then it answers "x"
      When the guest asks the store to READ the node "data/closed" of the first domain
      Then it answers with the error EACCES
      When the guest asks the store to RM the node "data/open" of the first domain
      Then it answers with the error EACCES
      When from here on the guest is the first domain
      And the guest asks the store to READ "data/open|"
      Then it answers "x"

    Scenario: XS-03.h permissions are set as a whole and read again
      Given the store has been asked to WRITE "data/value|x"
      And the store has been asked to SET_PERMS "data/value|rDOMID|w0|b4711|"
      When the guest asks the store to GET_PERMS "data/value|"
      Then it answers "rDOMID|w0|b4711|"

    Scenario Outline: <case> permissions <permissions> make no sense
      Given the store has been asked to WRITE "data/value|x"
      When the guest asks the store to SET_PERMS "data/value|<permissions>"
      Then it answers with the error EINVAL
      When the guest asks the store to GET_PERMS "data/value|"
      Then it answers "nDOMID|"

      Examples:
        | case    | permissions |
        | XS-03.i | xDOMID\|    |
        | XS-03.j | n\|         |
        | XS-03.k | DOMID\|     |

  @XS-04
  Rule: A watch tells of every change at a node and below, and once when it is set

    Scenario: XS-04.a it fires when it is set, and when a node below changes
      Given the store has been asked to WATCH "data|token|"
      Then a watch event "data|token|" comes
      And no watch event comes
      Given the store has been asked to WRITE "data/below/deep|x"
      Then a watch event "data/below/deep|token|" comes
      And no watch event comes

    Scenario: XS-04.b an absolute name comes back absolute
      Given the store has been asked to WATCH "/local/domain/DOMID/data|token|"
      Then a watch event "/local/domain/DOMID/data|token|" comes
      Given the store has been asked to MKDIR "data/below|"
      Then a watch event "/local/domain/DOMID/data/below|token|" comes

    Scenario: XS-04.c it tells of a removal, and not of what lies beside
      Given the store has been asked to WRITE "data/one|x"
      And the store has been asked to WATCH "data/one|token|"
      Then a watch event "data/one|token|" comes
      Given the store has been asked to WRITE "data/oner|x"
      Then no watch event comes
      Given the store has been asked to RM "data/one|"
      Then a watch event "data/one|token|" comes

    Scenario: XS-04.d the same watch twice is refused, another token is another watch
      Given the store has been asked to WATCH "data|token|"
      Then a watch event "data|token|" comes
      When the guest asks the store to WATCH "data|token|"
      Then it answers with the error EEXIST
      And no watch event comes
      Given the store has been asked to WATCH "data|other|"
      Then a watch event "data|other|" comes

    Scenario: XS-04.e a watch that is taken away tells nothing more
      Given the store has been asked to WATCH "data|token|"
      Then a watch event "data|token|" comes
      Given the store has been asked to UNWATCH "data|token|"
      And the store has been asked to WRITE "data|x"
      Then no watch event comes

  @XS-05
  Rule: A transaction is seen as a whole when it ends well, and not at all otherwise

    Scenario: XS-05.a what is written inside is seen inside, and outside after the end
      Given the store has been asked to WRITE "data/value|before"
      And a transaction "t"
      When the guest asks the store to WRITE "data/value|after" in "t"
      Then it answers "OK|"
      When the guest asks the store to READ "data/value|" in "t"
      Then it answers "after"
      When the guest asks the store to READ "data/value|"
      Then it answers "before"
      When the guest asks the store to TRANSACTION_END "T|" in "t"
      Then it answers "OK|"
      When the guest asks the store to READ "data/value|"
      Then it answers "after"

    Scenario: XS-05.b what is given up has never been
      Given the store has been asked to WRITE "data/value|before"
      And a transaction "t"
      When the guest asks the store to RM "data/value|" in "t"
      Then it answers "OK|"
      When the guest asks the store to TRANSACTION_END "F|" in "t"
      Then it answers "OK|"
      When the guest asks the store to READ "data/value|"
      Then it answers "before"

    Scenario: XS-05.c it does not end well when what it read was changed meanwhile
      Given the store has been asked to WRITE "data/value|1"
      And a transaction "t"
      When the guest asks the store to READ "data/value|" in "t"
      Then it answers "1"
      When the guest asks the store to WRITE "data/value|2" in "t"
      Then it answers "OK|"
      Given the store has been asked to WRITE "data/value|3"
      When the guest asks the store to TRANSACTION_END "T|" in "t"
      Then it answers with the error EAGAIN
      When the guest asks the store to READ "data/value|"
      Then it answers "3"

    Scenario: XS-05.d watches tell of its changes at its end
      Given the store has been asked to WATCH "data|token|"
      Then a watch event "data|token|" comes
      Given a transaction "t"
      When the guest asks the store to WRITE "data/value|x" in "t"
      Then it answers "OK|"
      And no watch event comes
      When the guest asks the store to TRANSACTION_END "T|" in "t"
      Then it answers "OK|"
      And a watch event "data/value|token|" comes

    Scenario Outline: <case> <what> is refused
      Given a transaction "t"
      When the guest asks the store to TRANSACTION_END "F|" in "t"
      Then it answers "OK|"
      When the guest asks the store to <type> "<payload>" in "<transaction>"
      Then it answers with the error <error>

      Examples: a transaction that has ended, and none
        | case    | what                          | type            | payload | transaction | error  |
        | XS-05.e | the end of one that has ended | TRANSACTION_END | T\|     | t           | ENOENT |
        | XS-05.f | a request in one that ended   | READ            | domid\| | t           | ENOENT |
        | XS-05.g | the end of none               | TRANSACTION_END | T\|     | none        | ENOENT |

  @XS-06
  Rule: A message may be longer than the ring

    Scenario Outline: <case> a value of <length> bytes goes in and comes back
      When the guest asks the store to WRITE <length> bytes to "data/value"
      Then it answers "OK|"
      When the guest asks the store to READ "data/value|"
      Then it answers <length> bytes

      Examples: as long as the ring, around its size, twice as long
        | case    | length |
        | XS-06.a | 1007   |
        | XS-06.b | 1008   |
        | XS-06.c | 1009   |
        | XS-06.d | 1024   |
        | XS-06.e | 2048   |

    Scenario: XS-06.f messages of every length begin at every place of the ring in turn
      Given the store has been asked, 400 times, to write and to read what it was given
      When the guest asks the store to READ "domid|"
      Then it answers "DOMID"
