"""Whoever listens to a topic is told of it, and of nothing else; and at the end that it is over."""

import asyncio

from grader.service.queue.news import News


def test_a_topic_is_told_to_those_who_listen_to_it() -> None:
    async def life() -> list[bool]:
        news = News()
        with news.listening("a", "ada") as one, news.listening("b", "ada") as other:
            news.tell("a", "nothing")
            return [await one.wait(600), await one.wait(0.01), await other.wait(0.01)]

    assert asyncio.run(life()) == [True, False, False]


def test_who_listens_no_more_is_not_counted() -> None:
    news = News()
    with news.listening("a", "ada"), news.listening("a", "ada"):
        assert news.count("ada") == 2

    assert news.count("ada") == 0
    news.tell("a")


def test_after_the_end_nobody_waits() -> None:
    async def life() -> list[bool]:
        news = News()
        with news.listening("a", "ada") as before:
            news.close()
            with news.listening("a", "ada") as after:
                waited = [await one.wait(600) for one in (before, before, after)]
                return [*waited, before.is_over, after.is_over]

    assert asyncio.run(life()) == [True] * 5
