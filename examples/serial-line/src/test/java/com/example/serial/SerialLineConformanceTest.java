package com.example.serial;

import org.ringone.suite.ConformanceSuite;

/** Every scenario of the suite, each a test of this project. */
@ConformanceSuite
class SerialLineConformanceTest {}
