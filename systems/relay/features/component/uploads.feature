Feature: Uploads

  Background:
    Given a unique value is saved as "name"
    # The SHA-256 of "helloworld", of "hello" and of "world".
    And the value "whole" is set to "936a185caaa266bb9cbe981e9e05cb78cd732b0b3280eb944412bb6f8f8f07af"
    And the value "hello" is set to "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    And the value "world" is set to "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7"
    When POST "/uploads?name=${name}&size=10&chunk=5&sha256=${whole}" is sent to "server"
    Then the status is 201
    And the body at "$.missing" is
      """
      [0, 1]
      """
    When the body at "$.id" is saved as "id"

  Scenario: An upload goes on where it was left, and is served as it came
    Given the request header "X-Chunk-Sha256" is set to "${world}"
    When PUT "/uploads/${id}/chunks/1" is sent to "server" with the body
      """
      world
      """
    Then the status is 204
    When POST "/uploads?name=${name}&size=10&chunk=5&sha256=${whole}" is sent to "server"
    Then the body at "$.missing" is
      """
      [0]
      """
    And the body at "$.id" is "${id}"
    When POST "/uploads/${id}/complete" is sent to "server"
    Then the status is 409
    Given the request header "X-Chunk-Sha256" is set to "${hello}"
    When PUT "/uploads/${id}/chunks/0" is sent to "server" with the body
      """
      hello
      """
    Then the status is 204
    When POST "/uploads/${id}/complete" is sent to "server"
    Then the status is 201
    When GET "/artifacts/${name}" is sent to "server"
    Then the status is 200
    And the body is "helloworld"
    And the body has the SHA-256 "${whole}"
    When POST "/uploads/${id}/complete" is sent to "server"
    Then the status is 200
    When GET "/artifacts?name=${name}" is sent to "server"
    # A completion that is asked for twice stores one artifact.
    Then the body at "$.artifacts[*].name" is
      """
      ["${name}"]
      """
    Given the request header "Range" is set to "bytes=3-6"
    When GET "/artifacts/${name}" is sent to "server"
    Then the status is 206
    And the body is "lowo"
    And the header "Content-Range" is "bytes 3-6/10"
    Given the request header "Range" is set to "bytes=-3"
    When GET "/artifacts/${name}" is sent to "server"
    Then the body is "rld"
    Given the request header "Range" is set to "bytes=10-"
    When GET "/artifacts/${name}" is sent to "server"
    Then the status is 416
    When DELETE "/artifacts/${name}" is sent to "server"
    Then the status is 204
    Given the request header "Range" is set to ""
    When GET "/artifacts/${name}" is sent to "server"
    Then the status is 404

  Scenario: A chunk that is not what its digest says is refused
    Given the request header "X-Chunk-Sha256" is set to "${world}"
    When PUT "/uploads/${id}/chunks/0" is sent to "server" with the body
      """
      hello
      """
    Then the status is 422
    When GET "/uploads/${id}" is sent to "server"
    Then the body at "$.missing" is
      """
      [0, 1]
      """
    And the metric "relay_chunks_refused_total" of "server.metrics" is at least 1
    When DELETE "/uploads/${id}" is sent to "server"
    Then the status is 204

  Scenario: What is not whole cannot be seen
    Given the request header "X-Chunk-Sha256" is set to "${hello}"
    When PUT "/uploads/${id}/chunks/0" is sent to "server" with the body
      """
      hello
      """
    Then the status is 204
    When GET "/artifacts/${name}" is sent to "server"
    Then the status is 404
    When GET "/artifacts?name=${name}" is sent to "server"
    Then the body at "$.artifacts" has 0 elements
    And the file "${run.directory}/server/artifacts/${name}" is absent
    When DELETE "/uploads/${id}" is sent to "server"
    Then the status is 204

  Scenario: Chunks that do not make up the whole are no artifact
    Given the request header "X-Chunk-Sha256" is set to "${hello}"
    When PUT "/uploads/${id}/chunks/0" is sent to "server" with the body
      """
      hello
      """
    And PUT "/uploads/${id}/chunks/1" is sent to "server" with the body
      """
      hello
      """
    And POST "/uploads/${id}/complete" is sent to "server"
    Then the status is 422
    When GET "/artifacts/${name}" is sent to "server"
    Then the status is 404
